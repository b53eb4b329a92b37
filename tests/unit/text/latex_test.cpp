// SPDX-License-Identifier: MIT
#include "text/latex.hpp"

#include <string>
#include <vector>

#include "forms.hpp"
#include "support/catch.hpp"

using digest::test::forms_of;

namespace {

struct Case {
  const char* text;
  const char* forms;
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(forms_of(c.text) == c.forms);
  }
}

}  // namespace

TEST_CASE("LaTeX accents are letters", "[text][latex]") {
  check({{"Poincar\\'e Poincar\\'{e} Schr{\\\"o}dinger Schr\\\"{o}dinger",
          "poincare poincare schrodinger schrodinger"},
         {"na\\\"{\\i}ve Erd\\H{o}s Erd{\\H o}s", "naive erdos erdos"},
         {"Fran\\c{c}ois Ho\\v{r}ava {\\O}re S{\\o}rensen M\\o ller \\AA{}ngstrom",
          "francois horava ore sorensen moller angstrom"},
         {"{\\\"O}zg{\\\"u}r \\'{E}cole \\~nandu \\^{\\i}le", "ozgur ecole nandu ile"},
         {"\\ss \\L{\\'o}d\\'z", "ss lodz"}});
}

TEST_CASE("LaTeX markup is seen through", "[text][latex]") {
  check({{"\\emph{deep} \\textbf{learning} {\\em finite sample} {\\it x}", "deep learning finite sample x"},
         {"{G}aussian {BERT} \\textbf{B}idirectional \\underline{B}ERT", "gaussian bert bidirectional bert"},
         {"\\mathcal{O}(n \\log n) \\frac{a}{b} \\left( x \\right)", "o n log n a b x"},
         {"\\textbf{fine}-tuning, \\emph{fine-tuning}", "+finetuning fine tuning +finetuning fine tuning"},
         {"see \\cite{key2020, other} and \\ref{fig:1}; \\label{x}", "see and"},
         {"\\begin{equation} y \\end{equation} \\\\ z", "y z"},
         {"\\url{http://a.b} \\href{http://c.d}{text} 20\\% A\\&B", "http a b http c d text 20 +ab a b"},
         {"hyphen\\-ation a~b a\\,b", "hyphenation a b a b"},
         {"a \\times b \\leq c \\in D \\to E", "a b c d e"}});
}

TEST_CASE("markup whose backslash was lost is still markup", "[text][latex]") {
  check({{"$textbf{specialist} and textbf{generalist}$", "specialist and generalist"},
         {"emph{x y} mathcal{O}", "x y o"},
         {"textbf is a word, and text {x}", "textbf is a word and text x"}});
}

TEST_CASE("symbols are words by their names", "[text][latex]") {
  check({{"$\\alpha$ and $\\Gamma_0$", "alpha and +gamma0 gamma 0"},
         {"\\varphi \\phi \\varepsilon-greedy", "phi phi +epsilongreedy epsilon greedy"},
         {"$\\alpha$-stable $\\ell_1$-norm 2\\pi", "+alphastable alpha stable +ell1norm ell 1 norm 2 pi"}});
}

TEST_CASE("math joins its letters as prose would", "[text][latex]") {
  check({{"$k$-means top-$k$ $a$-$b$", "+kmeans k means +topk top k +ab a b"},
         {"H$_2$O SiO$_{2}$-based H_2O", "+h2o h 2 o +sio2based sio 2 based +h2o h 2o"},
         {"x_{ij} 10^{-3} x^2", "+xij x ij 10 3 +x2 x 2"}});
}

TEST_CASE("unbalanced LaTeX costs nothing but itself", "[text][latex]") {
  check({{"a { b } c } d {", "a b c d"},
         {"\\", ""},
         {"x\\", "x"},
         {"\\textbf{", ""},
         {"\\'", ""},
         {"\\cite{never closed word", "never closed word"},
         {"$x $ y$", "x y"},
         {"a^ b_ ^c _d ${", "a b c d"}});
}
