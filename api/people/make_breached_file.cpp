// Makes the file of breached passwords at build time, from a list with one password a line.
// Usage: make_breached_file LIST SOURCE DATE OUT

#include "api/people/breached_file.hpp"

#include <cstdint>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

int main(int argc, char** argv) {
    if (argc != 5) {
        std::cerr << "usage: make_breached_file LIST SOURCE DATE OUT\n";
        return 2;
    }
    std::ifstream list(argv[1], std::ios::binary);
    std::vector<std::uint64_t> entries;
    for (std::string line; std::getline(list, line);) {
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        if (!line.empty()) {
            entries.push_back(creneau::people::breached_entry_of(line));
        }
    }
    std::ofstream out(argv[4], std::ios::binary | std::ios::trunc);
    out << creneau::people::breached_file_of(std::move(entries), {argv[2], argv[3]}) << std::flush;
    if (!list.eof() || !out) {
        std::cerr << argv[1] << " cannot be read, or " << argv[4] << " not be written\n";
        return 1;
    }
    return 0;
}
