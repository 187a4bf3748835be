#include "api/mail/mailer.hpp"
#include "api/mail/secret_file.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace creneau::mail {
namespace {

namespace fs = std::filesystem;

class MailerSettings : public testing::Test {
  protected:
    support::ScratchFolder folder;
    MailSettings settings = smtp();

    MailSettings smtp() {
        MailSettings made;
        made.from = "Réservation des salles <salles@le-pre.example.org>";
        made.smtp_url = "smtp://mail.example.org";
        made.smtp_user = "salles";
        made.smtp_password_file = secret("password", "un secret\n", 0600);
        return made;
    }

    std::string secret(const std::string& name, const std::string& text, int mode) {
        const fs::path file = folder.path() / name;
        std::ofstream(file) << text;
        fs::permissions(file, static_cast<fs::perms>(mode));
        return file.string();
    }

    /// The field an error names, "" when the settings are good.
    std::string wrong_field() const {
        const auto made = make_mailer(settings);
        return made ? "" : made.error().field;
    }
};

TEST_F(MailerSettings, MakeAMailerWhenTheyAreGood) {
    EXPECT_EQ(wrong_field(), "");
    settings = {};
    settings.from = "salles@le-pre.example.org";
    settings.maildir = folder.path() / "mail";
    EXPECT_EQ(wrong_field(), "");
    EXPECT_TRUE(fs::is_directory(folder.path() / "mail/new"));
}

TEST_F(MailerSettings, NameTheFieldThatIsWrong) {
    settings.from = "Réservation des salles";
    EXPECT_EQ(wrong_field(), "from");
    settings = smtp();
    settings.smtp_url = "mail.example.org";
    EXPECT_EQ(wrong_field(), "smtp_url");
    settings = smtp();
    settings.smtp_user = "";
    EXPECT_EQ(wrong_field(), "smtp_user");
    settings = smtp();
    settings.smtp_ca_file = folder.path() / "absent.pem";
    EXPECT_EQ(wrong_field(), "smtp_ca_file");
    settings = {};
    settings.from = "salles@le-pre.example.org";
    EXPECT_EQ(wrong_field(), "maildir");
    settings.maildir = secret("a-file", "x", 0600);
    EXPECT_EQ(wrong_field(), "maildir");
    settings = smtp();
    EXPECT_EQ(wrong_field(), "");
}

TEST_F(MailerSettings, TakeNoPasswordThatOthersCouldRead) {
    for (const int mode : {0640, 0604, 0610, 0602, 0660, 0644}) {
        settings.smtp_password_file = secret("open", "un secret\n", mode);
        const auto made = make_mailer(settings);
        ASSERT_FALSE(made) << std::oct << mode;
        EXPECT_EQ(made.error().field, "smtp_password_file");
        EXPECT_EQ(made.error().detail.find("secret"), std::string::npos);
    }
    settings.smtp_password_file = secret("closed", "un secret\n", 0400);
    EXPECT_EQ(wrong_field(), "");
}

TEST_F(MailerSettings, ReadThePasswordOfOneLine) {
    EXPECT_EQ(read_secret_file(secret("one", "mot de passe é\r\nautre\n", 0600)), "mot de passe é");
    EXPECT_EQ(read_secret_file(secret("bare", "x", 0600)), "x");
    EXPECT_EQ(read_secret_file(secret("empty", "\n", 0600)).error(), SecretFileError::empty);
    EXPECT_EQ(read_secret_file(secret("long", std::string(2000, 'x'), 0600)).error(),
              SecretFileError::too_long);
    EXPECT_EQ(read_secret_file(folder.path()).error(), SecretFileError::unreadable);
    fs::create_symlink(folder.path() / "one", folder.path() / "link");
    EXPECT_EQ(read_secret_file(folder.path() / "link").error(), SecretFileError::unreadable);
}

}  // namespace
}  // namespace creneau::mail
