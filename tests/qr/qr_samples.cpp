// qr-samples COUNT FOLDER: writes COUNT pictures of passes with varied fields, everyday and
// laminated at 8 and at 2 pixels a module, each beside a .txt with its 200 digits.

#include "qr/picture.hpp"
#include "tests/qr/signing.hpp"

#include <cstdint>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using creneau::qr::PassFields;

// A fixed sequence (Knuth's MMIX generator): a failure can be seen again.
class Sequence {
  public:
    std::uint64_t below(std::uint64_t limit) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return (state_ >> 8U) % limit;
    }

  private:
    std::uint64_t state_ = 2026;
};

PassFields varied(Sequence& sequence) {
    PassFields fields = creneau::qr::vector_fields();
    fields.key_id = static_cast<std::uint8_t>(1 + sequence.below(255));
    fields.pass_id = creneau::qr::PassId{sequence.below(creneau::qr::kLargestPassId)};
    fields.revision = static_cast<std::uint8_t>(sequence.below(256));
    fields.not_before += std::chrono::minutes{sequence.below(1'000'000)};
    fields.duration_min = static_cast<std::uint16_t>(1 + sequence.below(1'440));
    fields.scope = static_cast<std::uint16_t>(1 + sequence.below(0xFFFF));
    return fields;
}

void write(const std::string& path, const std::vector<std::uint8_t>& bytes) {
    std::ofstream file{path, std::ios::binary};
    for (const std::uint8_t byte : bytes) {
        file.put(static_cast<char>(byte));
    }
    if (!file.flush()) {
        throw std::runtime_error("cannot write " + path);
    }
}

void write_sample(const std::string& stem, const creneau::qr::Digits& digits) {
    using creneau::qr::Surface;
    const std::string text{creneau::qr::view(digits)};
    write(stem + ".txt", {text.begin(), text.end()});
    const auto everyday = creneau::qr::draw(digits);
    write(stem + ".mail.png", creneau::qr::to_png(everyday));
    write(stem + ".small.png", creneau::qr::to_png(everyday, 2));
    write(stem + ".laminated.png",
          creneau::qr::to_png(creneau::qr::draw(digits, Surface::laminated)));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: qr-samples COUNT FOLDER\n";
        return 2;
    }
    const std::string folder{argv[2]};
    const creneau::qr::TestKey key{creneau::qr::kVectorSeed};
    Sequence sequence;
    for (int i = 0; i < std::stoi(argv[1]); ++i) {
        const auto pass = creneau::qr::sign_pass(key, creneau::qr::kVectorTown, varied(sequence));
        write_sample(folder + "/" + std::to_string(i), creneau::qr::to_digits(pass));
    }
    return 0;
}
