#include "api/signer/root_keys.hpp"

#include "api/signer/hex_text.hpp"
#include "api/signer/instant_text.hpp"
#include "api/signer/key_problem.hpp"
#include "api/signer/key_request.hpp"
#include "api/signer/private_key_file.hpp"
#include "api/signer/secret_key.hpp"
#include "api/store/durable_file.hpp"
#include "policy/certificate.hpp"
#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "qr/pass.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <sys/stat.h>
#include <tl/expected.hpp>

namespace creneau::signer {
namespace {

namespace fs = std::filesystem;

constexpr std::array kRoots = {"root", "spare-root"};
constexpr std::array kRootEndings = {".private", ".public", ".fingerprint"};
constexpr std::size_t kLargestRequest = 4096;
constexpr std::int64_t kMostDays = 3660;
constexpr mode_t kPublicMode = 0644;

std::vector<std::uint8_t> bytes_of(const std::string& text) {
    return {text.begin(), text.end()};
}

/// Makes one root's three files and answers its fingerprint.
std::string make_root(const fs::path& directory, const std::string& name) {
    const PrivateKey root{{}, 0, {}, SecretKey::generate()};
    const auto& public_key = root.key.public_key();
    const auto fingerprint = policy::to_hex(policy::fingerprint_of(public_key));
    create_private_key_file(directory / (name + ".private"), root);
    store::create_durably(directory / (name + ".public"), bytes_of(hex_of(public_key) + "\n"),
                          kPublicMode);
    store::create_durably(directory / (name + ".fingerprint"),
                          bytes_of(fingerprint + " " + name + "\n"), kPublicMode);
    return fingerprint;
}

std::vector<fs::path> root_files(const fs::path& directory) {
    std::vector<fs::path> files;
    for (const std::string name : kRoots) {
        for (const auto* ending : kRootEndings) {
            files.push_back(directory / (name + ending));
        }
    }
    return files;
}

/// Both roots or nothing.
std::string make_roots(const fs::path& directory) {
    try {
        std::string text;
        for (const std::string name : kRoots) {
            text += fmt::format("{:<10} {}\n", name, make_root(directory, name));
        }
        return text;
    } catch (...) {
        for (const auto& file : root_files(directory)) {
            std::error_code ignored;
            fs::remove(file, ignored);
        }
        throw;
    }
}

tl::expected<KeyRequest, KeyProblem> load_request(const fs::path& path) {
    try {
        const auto bytes = store::read_file(path, kLargestRequest);
        return read_key_request(std::string(bytes.begin(), bytes.end()), path.string());
    } catch (const std::system_error& problem) {
        return tl::unexpected(
            KeyProblem{KeyFault::unreadable, path.string(), problem.code().message()});
    }
}

tl::expected<policy::Certificate, KeyProblem> certificate_of(const KeyRequest& request,
                                                             const SignRequest& what) {
    if (what.days < 1 || what.days > kMostDays) {
        return tl::unexpected(KeyProblem{KeyFault::out_of_range, "--days", "1 to 3660"});
    }
    const bool pass = request.use == policy::KeyUse::pass;
    if (what.longest_pass_min < 1 || what.longest_pass_min > qr::kLongestPassMinutes) {
        return tl::unexpected(
            KeyProblem{KeyFault::out_of_range, "--longest-pass-min", "1 to 44640"});
    }
    policy::Certificate certificate;
    certificate.town = request.town;
    certificate.use = request.use;
    certificate.key_id = request.key_id;
    certificate.public_key = request.public_key;
    certificate.not_before = what.not_before.value_or(request.not_before);
    certificate.not_after = certificate.not_before + std::chrono::days{what.days};
    certificate.longest_pass_min =
        pass ? static_cast<std::uint16_t>(what.longest_pass_min) : std::uint16_t{0};
    certificate.generation = what.generation.value_or(request.generation);
    return certificate;
}

std::string description_of(const policy::Certificate& certificate, const PrivateKey& root) {
    auto text = fmt::format(
        "Root          {}\n"
        "signs a key   {}\n"
        "of town       {}\n"
        "for use       {}\n"
        "key id        {}\n"
        "from          {}\n"
        "until         {}\n"
        "generation    {}\n",
        policy::to_hex(policy::fingerprint_of(root.key.public_key())),
        hex_of(certificate.public_key), static_cast<std::uint32_t>(certificate.town),
        policy::word_for(certificate.use), certificate.key_id, to_text(certificate.not_before),
        to_text(certificate.not_after), certificate.generation);
    if (certificate.use == policy::KeyUse::pass) {
        text += fmt::format("longest pass  {} min\n", certificate.longest_pass_min);
    }
    return text;
}

tl::expected<policy::IssuedCertificate, KeyProblem> issue(const policy::Certificate& certificate,
                                                          const PrivateKey& root,
                                                          const std::string& place) {
    auto issued =
        policy::certificate_to_be_signed(certificate).and_then([&](const auto& to_be_signed) {
            return policy::assemble_certificate(certificate, root.key.public_key(),
                                                root.key.sign(to_be_signed));
        });
    if (!issued) {
        return tl::unexpected(
            KeyProblem{KeyFault::out_of_range, place, policy::describe(issued.error())});
    }
    return std::move(*issued);
}

}  // namespace

tl::expected<std::string, KeyProblem> init_root(const fs::path& directory) {
    constexpr mode_t kPrivateDirectory = 0700;
    for (const auto& file : root_files(directory)) {
        if (fs::exists(file)) {
            return tl::unexpected(KeyProblem{KeyFault::exists, file.string(), {}});
        }
    }
    if (!fs::exists(directory) && ::mkdir(directory.c_str(), kPrivateDirectory) != 0) {
        throw std::system_error(errno, std::generic_category(),
                                "cannot make " + directory.string());
    }
    return make_roots(directory) + "\nMove " + (directory / "root.private").string() + " and " +
           (directory / "spare-root.private").string() +
           "\nto two removable media, kept in two places, and leave no copy on this machine."
           "\nGive both fingerprints to the signer's configuration and to every door agent.\n";
}

tl::expected<std::string, KeyProblem> sign_request(
    const SignRequest& what, const std::function<bool(const std::string&)>& confirm) {
    const auto root = read_private_key_file(what.root);
    if (!root) {
        return tl::unexpected(root.error());
    }
    if (root->use) {
        return tl::unexpected(KeyProblem{KeyFault::not_a_root, what.root.string(), {}});
    }
    if (fs::exists(what.out)) {
        return tl::unexpected(KeyProblem{KeyFault::exists, what.out.string(), {}});
    }
    const auto certificate = load_request(what.request).and_then([&](const KeyRequest& request) {
        return certificate_of(request, what);
    });
    if (!certificate) {
        return tl::unexpected(certificate.error());
    }
    const auto issued = issue(*certificate, *root, what.request.string());
    if (!issued) {
        return tl::unexpected(issued.error());
    }
    if (!confirm(description_of(*certificate, *root))) {
        return tl::unexpected(KeyProblem{KeyFault::not_confirmed, what.request.string(), {}});
    }
    store::create_durably(what.out, policy::to_bytes(*issued), kPublicMode);
    return "Wrote " + what.out.string() + "; give it to keys import on the town's server.\n";
}

}  // namespace creneau::signer
