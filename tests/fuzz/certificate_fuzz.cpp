#include "policy/certificate.hpp"
#include "policy/envelope.hpp"
#include "tests/policy/sample_town.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

namespace {

using namespace creneau::policy;

const SampleTown& town() {
    static const SampleTown instance;
    return instance;
}

void must(bool holds) {
    if (!holds) {
        std::abort();
    }
}

// A root that signs anything: what the reader makes of it must be what our writer would sign.
void read_signed(std::span<const std::uint8_t> payload) {
    const auto signature =
        town().root.sign(to_be_signed(kRootKeyId, context(kCertificateLabel, kTown), payload));
    const IssuedCertificate issued{town().root.public_bytes, seal(kRootKeyId, payload, signature)};
    if (const auto opened = open_certificate(issued, town().expectations().roots, kTown)) {
        must(assemble_certificate(*opened, issued.root, signature) == issued);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span<const std::uint8_t> input{data, size};
    if (const auto issued = issued_certificate_from(input)) {
        must(to_bytes(*issued).size() == size);
        (void)open_certificate(*issued, town().expectations().roots, kTown);
    }
    read_signed(input);
    return 0;
}
