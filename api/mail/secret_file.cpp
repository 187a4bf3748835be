#include "api/mail/secret_file.hpp"

#include "api/mail/file_descriptor.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <tl/expected.hpp>
#include <unistd.h>

namespace creneau::mail {
namespace {

constexpr std::size_t kLongestSecret = 1024;

tl::expected<std::string, SecretFileError> read_up_to(int descriptor, std::size_t limit) {
    std::string text;
    std::array<char, 256> block{};
    while (text.size() <= limit) {
        const ssize_t count = ::read(descriptor, block.data(), block.size());
        if (count < 0) {
            return tl::unexpected(SecretFileError::unreadable);
        }
        if (count == 0) {
            return text;
        }
        text.append(block.data(), static_cast<std::size_t>(count));
    }
    return tl::unexpected(SecretFileError::too_long);
}

}  // namespace

std::string sentence_for(SecretFileError error) {
    switch (error) {
        case SecretFileError::unreadable:
            return "is not a file that can be read";
        case SecretFileError::readable_by_others:
            return "may be touched by others than its owner: set its mode to 0600";
        case SecretFileError::empty:
            return "holds nothing on its first line";
        case SecretFileError::too_long:
            return "is longer than 1024 bytes";
    }
    return {};
}

tl::expected<std::string, SecretFileError> read_secret_file(const std::string& path) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat status{};
    if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return tl::unexpected(SecretFileError::unreadable);
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return tl::unexpected(SecretFileError::readable_by_others);
    }
    auto text = read_up_to(file.get(), kLongestSecret);
    if (!text) {
        return text;
    }
    text->resize(std::min(text->size(), text->find_first_of("\r\n")));
    if (text->empty()) {
        return tl::unexpected(SecretFileError::empty);
    }
    return text;
}

}  // namespace creneau::mail
