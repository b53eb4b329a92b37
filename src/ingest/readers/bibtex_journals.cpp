// SPDX-License-Identifier: MIT
#include "ingest/readers/bibtex_journals.hpp"

#include <array>

#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

struct Journal {
  std::string_view macro, name;
};
constexpr auto kJournals = std::to_array<Journal>({
    {"aap", "Astronomy and Astrophysics"}, {"aapr", "Astronomy and Astrophysics Reviews"},
    {"aaps", "Astronomy and Astrophysics Supplement"}, {"actaa", "Acta Astronomica"}, {"aj", "Astronomical Journal"},
    {"ao", "Applied Optics"}, {"apj", "Astrophysical Journal"}, {"apjl", "Astrophysical Journal Letters"},
    {"apjlett", "Astrophysical Journal Letters"}, {"apjs", "Astrophysical Journal Supplement"},
    {"aplett", "Astrophysics Letters"}, {"applopt", "Applied Optics"}, {"apss", "Astrophysics and Space Science"},
    {"araa", "Annual Review of Astronomy and Astrophysics"}, {"azh", "Astronomicheskii Zhurnal"},
    {"baas", "Bulletin of the American Astronomical Society"}, {"bain", "Bulletin of the Astronomical Institutes of the Netherlands"},
    {"gca", "Geochimica et Cosmochimica Acta"}, {"grl", "Geophysical Research Letters"}, {"iaucirc", "IAU Circulars"},
    {"icarus", "Icarus"}, {"jcap", "Journal of Cosmology and Astroparticle Physics"}, {"jcp", "Journal of Chemical Physics"},
    {"jgr", "Journal of Geophysical Research"}, {"jqsrt", "Journal of Quantitative Spectroscopy and Radiative Transfer"},
    {"jrasc", "Journal of the Royal Astronomical Society of Canada"}, {"memras", "Memoirs of the Royal Astronomical Society"},
    {"memsai", "Memorie della Societa Astronomica Italiana"}, {"mnras", "Monthly Notices of the Royal Astronomical Society"},
    {"na", "New Astronomy"}, {"nar", "New Astronomy Reviews"}, {"nat", "Nature"}, {"nphysa", "Nuclear Physics A"},
    {"pasa", "Publications of the Astronomical Society of Australia"}, {"pasj", "Publications of the Astronomical Society of Japan"},
    {"pasp", "Publications of the Astronomical Society of the Pacific"}, {"physrep", "Physics Reports"},
    {"physscr", "Physica Scripta"}, {"planss", "Planetary and Space Science"}, {"pra", "Physical Review A"},
    {"prb", "Physical Review B"}, {"prc", "Physical Review C"}, {"prd", "Physical Review D"}, {"pre", "Physical Review E"},
    {"prl", "Physical Review Letters"}, {"procspie", "Proceedings of the SPIE"},
    {"qjras", "Quarterly Journal of the Royal Astronomical Society"}, {"rmxaa", "Revista Mexicana de Astronomia y Astrofisica"},
    {"skytel", "Sky and Telescope"}, {"solphys", "Solar Physics"}, {"sovast", "Soviet Astronomy"}, {"ssr", "Space Science Reviews"},
    {"zap", "Zeitschrift fuer Astrophysik"},
});

}  // namespace

std::string_view journal_of_macro(std::string_view value) {
  value = trim(value);
  while (value.size() > 1 && value.front() == '{' && value.back() == '}') value = trim(value.substr(1, value.size() - 2));
  if (value.empty() || value.front() != '\\') return {};
  value = trim(value.substr(1));
  for (const Journal& journal : kJournals) {
    if (journal.macro == value) return journal.name;
  }
  return {};
}

}  // namespace digest::ingest
