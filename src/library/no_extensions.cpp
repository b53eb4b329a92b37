// SPDX-License-Identifier: MIT
// SQLite can load extensions; this program must not, and a static one cannot. Linked into it, these stand in for the
// dynamic loader that SQLite would ask.

extern "C" {
void* dlopen(const char*, int);
void* dlsym(void*, const char*);
int dlclose(void*);
char* dlerror();

void* dlopen(const char*, int) { return nullptr; }
void* dlsym(void*, const char*) { return nullptr; }
int dlclose(void*) { return -1; }
char* dlerror() {
  static char message[] = "extensions are not loaded";
  return message;
}
}
