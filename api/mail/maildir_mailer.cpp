#include "api/mail/maildir_mailer.hpp"

#include "api/mail/file_descriptor.hpp"
#include "api/mail/mailer.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <tl/expected.hpp>
#include <unistd.h>

namespace creneau::mail {
namespace {

namespace fs = std::filesystem;

SendError failed(const char* step) {
    return {SendFault::transient,
            fmt::format("maildir: {}: {}", step, std::generic_category().message(errno))};
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(descriptor, text.data(), text.size());
        if (count < 0 && errno != EINTR) {
            return false;
        }
        text.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
    return true;
}

bool sync_folder(const fs::path& folder) {
    const FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return opened && ::fsync(opened.get()) == 0;
}

std::string without_carriage_returns(std::string_view text) {
    std::string result(text);
    std::erase(result, '\r');
    return result;
}

/// Names sort by age. Nothing a Maildir gives a meaning to ('/', ':', a leading dot) is let in.
std::string file_name(const Envelope& envelope) {
    std::string name =
        fmt::format("{}.{}", envelope.created_at.time_since_epoch().count(), envelope.message_id);
    for (char& c : name) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                           (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '@';
        c = plain ? c : '_';
    }
    return name;
}

}  // namespace

MaildirMailer::MaildirMailer(fs::path folder) : folder_(std::move(folder)) {
    for (const char* name : {"", "tmp", "new", "cur"}) {
        const fs::path made = folder_ / name;
        if (fs::create_directories(made)) {
            fs::permissions(made, fs::perms::owner_all);
        }
    }
}

bool MaildirMailer::delivered(const std::string& name) const {
    std::error_code ignored;
    if (fs::exists(folder_ / "new" / name, ignored)) {
        return true;
    }
    // A reader moves a message to cur/ and adds ":2," and flags.
    for (const auto& entry : fs::directory_iterator(folder_ / "cur", ignored)) {
        const std::string found = entry.path().filename().string();
        if (found == name || found.starts_with(name + ":")) {
            return true;
        }
    }
    return false;
}

tl::expected<void, SendError> MaildirMailer::send(const Envelope& envelope,
                                                  std::string_view message, std::stop_token) {
    const std::string name = file_name(envelope);
    if (delivered(name)) {
        // The crash may have come between the rename and the sync of the folder.
        return sync_folder(folder_ / "new") ? tl::expected<void, SendError>()
                                            : tl::unexpected(failed("sync new"));
    }
    const fs::path draft = folder_ / "tmp" / name;
    {
        const FileDescriptor file(::open(draft.c_str(),
                                         O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
                                         S_IRUSR | S_IWUSR));
        if (!file) {
            return tl::unexpected(failed("open"));
        }
        if (!write_all(file.get(), without_carriage_returns(message))) {
            return tl::unexpected(failed("write"));
        }
        if (::fsync(file.get()) != 0) {
            return tl::unexpected(failed("sync"));
        }
    }
    if (std::rename(draft.c_str(), (folder_ / "new" / name).c_str()) != 0) {
        return tl::unexpected(failed("rename"));
    }
    if (!sync_folder(folder_ / "new")) {
        return tl::unexpected(failed("sync new"));
    }
    return {};
}

}  // namespace creneau::mail
