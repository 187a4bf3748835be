// What the libraries of a door agent take by themselves once each has been used and one HTTPS
// request was made: "rss_anon KIB". The agent is measured beside it.
//
//   creneau-bench-bare-libraries HTTPS_URL CA_FILE DATABASE_FILE

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

#include <curl/curl.h>
#include <malloc.h>
#include <modbus/modbus.h>
#include <sodium.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sqlite3.h>
#include <toml++/toml.h>

namespace {

std::size_t forget(char* /*bytes*/, std::size_t size, std::size_t count, void* /*where*/) {
    return size * count;
}

template <class Thing, auto close>
struct Closes {
    void operator()(Thing* thing) const { close(thing); }
};
using Request = std::unique_ptr<CURL, Closes<CURL, curl_easy_cleanup>>;
using Database = std::unique_ptr<sqlite3, Closes<sqlite3, sqlite3_close>>;
using Line = std::unique_ptr<modbus_t, Closes<modbus_t, modbus_free>>;

/// Its connection stays open, as the agent's does.
Request ask(const char* url, const char* ca_file) {
    Request handle(curl_easy_init());
    curl_easy_setopt(handle.get(), CURLOPT_URL, url);
    curl_easy_setopt(handle.get(), CURLOPT_CAINFO, ca_file);
    curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, forget);
    const auto done = curl_easy_perform(handle.get());
    if (done != CURLE_OK) {
        throw std::runtime_error(std::string(url) + ": " + curl_easy_strerror(done));
    }
    return handle;
}

Database keep(const char* file) {
    sqlite3* opened = nullptr;
    const bool is_open = sqlite3_open(file, &opened) == SQLITE_OK;
    Database database(opened);
    if (!is_open || sqlite3_exec(opened,
                                 "PRAGMA journal_mode = WAL; CREATE TABLE rows (id INTEGER PRIMARY "
                                 "KEY); INSERT INTO rows VALUES (1)",
                                 nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw std::runtime_error("SQLite kept nothing");
    }
    return database;
}

/// KiB of anonymous memory.
long anonymous() {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);) {
        if (line.rfind("RssAnon:", 0) == 0) {
            return std::strtol(line.c_str() + std::strlen("RssAnon:"), nullptr, 10);
        }
    }
    throw std::runtime_error("the kernel tells no RssAnon");
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 4) {
        std::cerr << "creneau-bench-bare-libraries HTTPS_URL CA_FILE DATABASE_FILE\n";
        return 2;
    }
    ::mallopt(M_MMAP_THRESHOLD, 128 * 1024);  // as the agent does
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium does not start");
    }
    const auto settings = toml::parse("name = 'bare'");
    spdlog::set_default_logger(spdlog::stderr_logger_mt("bare"));
    spdlog::info("{} begins", settings["name"].value_or(""));
    const Line board(modbus_new_tcp("127.0.0.1", 1));
    const Database database = keep(argv[3]);
    const Request request = ask(argv[1], argv[2]);
    std::printf("rss_anon %ld KiB\n", anonymous());
    return 0;
} catch (const std::exception& problem) {
    std::cerr << problem.what() << "\n";
    return 1;
}
