/// What the leak checker of a program that draws letters passes over: fontconfig keeps its tables
/// to the end of the process, and nothing may free them while another thread draws. Read by the
/// leak checker at exit; without one nobody calls it.
extern "C" const char* __lsan_default_suppressions();

extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig\n";
}
