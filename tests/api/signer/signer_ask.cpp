// Asks the signer as the API does: signer_ask SOCKET pass ID | policy AGENT [MILLISECONDS]
// Prints "ok HEX" or the word of the refusal.
#include "api/signer/signer_client.hpp"

#include <chrono>
#include <cstdint>
#include <iomanip>
#include <iostream>
#include <span>
#include <string>
#include <vector>

namespace {

namespace signer = creneau::signer;

void print_bytes(std::span<const std::uint8_t> bytes) {
    std::cout << "ok " << std::hex << std::setfill('0');
    for (const auto byte : bytes) {
        std::cout << std::setw(2) << static_cast<unsigned>(byte);
    }
    std::cout << "\n";
}

template <class Result>
int print(const Result& result) {
    if (!result) {
        std::cout << signer::word_of(result.error()) << "\n";
        return 1;
    }
    print_bytes(*result);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() < 3) {
        return 2;
    }
    const std::chrono::milliseconds patience{words.size() > 3 ? std::stol(words[3]) : 5000};
    const signer::Client client(words[0], patience);
    return words[1] == "pass" ? print(client.sign_pass(std::stoll(words[2])))
                              : print(client.export_policy(words[2]));
}
