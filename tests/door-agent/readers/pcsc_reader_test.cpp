#include "door-agent/readers/pcsc_reader.hpp"

#include "door-agent/readers/card_port.hpp"
#include "tests/door-agent/readers/recorder.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::door::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

const std::string kReader = "ACS ACR122U PICC Interface 00 00";
const std::string kLonger = "ACS ACR122U PICC Interface 00 001";
const std::string kShorter = "ACS ACR122U PICC Interface 00 0";

/// A card service with readers that are plugged in and out, and cards on them.
class CardTable {
  public:
    void plug(const std::string& name) {
        change([&] { readers_[name] = {}; });
    }
    void unplug(const std::string& name) {
        change([&] { readers_.erase(name); });
    }
    void serve(bool up) {
        change([&] { up_ = up; });
    }
    /// The card answers so, status included; an empty answer: it cannot be spoken to.
    void lay(const std::string& name, Bytes answer) {
        change([&] {
            readers_.at(name).card.emplace(std::move(answer));
            ++readers_.at(name).changes;
        });
    }
    void take_away(const std::string& name) {
        change([&] {
            readers_.at(name).card.reset();
            ++readers_.at(name).changes;
        });
    }
    /// Between two looks of the program.
    void swap(const std::string& name, Bytes answer) {
        change([&] {
            readers_.at(name).card.emplace(std::move(answer));
            readers_.at(name).changes += 2;
        });
    }
    [[nodiscard]] std::vector<Bytes> asked() const {
        const std::scoped_lock held(mutex_);
        return asked_;
    }

  private:
    friend class FakeCards;
    struct Slot {
        std::optional<Bytes> card;
        std::uint16_t changes = 0;
    };
    template <class Change>
    void change(Change what) {
        {
            const std::scoped_lock held(mutex_);
            what();
        }
        changed_.notify_all();
    }

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, Slot> readers_;
    std::vector<Bytes> asked_;
    bool up_ = true;
};

class FakeCards : public CardPort {
  public:
    explicit FakeCards(CardTable& table) : table_(table) {}
    std::optional<std::vector<std::string>> readers(std::string& why) override {
        const std::scoped_lock held(table_.mutex_);
        if (!table_.up_) {
            why = "no service";
            return std::nullopt;
        }
        std::vector<std::string> names;
        for (const auto& [name, slot] : table_.readers_) {
            names.push_back(name);
        }
        return names;
    }
    std::optional<CardSeen> look(const std::string& reader, std::optional<CardSeen> known,
                                 std::chrono::milliseconds limit) override {
        std::unique_lock held(table_.mutex_);
        if (known) {
            table_.changed_.wait_for(held, limit, [&] { return now(reader) != known; });
        }
        return now(reader);
    }
    std::optional<Bytes> ask(const std::string& reader,
                             std::span<const std::uint8_t> command) override {
        const std::scoped_lock held(table_.mutex_);
        table_.asked_.emplace_back(command.begin(), command.end());
        const auto slot = table_.readers_.find(reader);
        const bool answers =
            slot != table_.readers_.end() && slot->second.card && !slot->second.card->empty();
        return answers ? slot->second.card : std::nullopt;
    }

  private:
    std::optional<CardSeen> now(const std::string& reader) const {
        const auto slot = table_.readers_.find(reader);
        if (!table_.up_ || slot == table_.readers_.end()) {
            return std::nullopt;
        }
        return CardSeen{slot->second.card.has_value(), slot->second.changes};
    }
    CardTable& table_;
};

const Bytes kCard{0x04, 0xA2, 0x19, 0xB2, 0x90, 0x00};
const Bytes kOther{0x0B, 0xCD, 0xEF, 0x01, 0x90, 0x00};

class PcscReaderOnATable : public ::testing::Test {
  protected:
    void start() {
        reader = std::make_unique<PcscReader>(PcscReaderSettings{"street", kReader},
                                              heard.listener(), std::make_unique<FakeCards>(table));
        reader->start();
    }
    void start_with_reader() {
        table.plug(kReader);
        start();
        ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::back) == 1; }));
    }
    bool reads(const std::vector<std::string>& texts) {
        return eventually([&] { return heard.frames() == texts; });
    }

    CardTable table;
    Recorder heard;
    std::unique_ptr<PcscReader> reader;
};

TEST(PcscAnswer, IsAUidOfTheKnownSizesAndNothingElse) {
    const struct {
        const char* what;
        Bytes answer;
        std::optional<std::string> uid;
    } rows[] = {
        {"4 bytes", kCard, "04A219B2"},
        {"5 bytes", {1, 2, 3, 4, 0xFF, 0x90, 0}, "01020304FF"},
        {"7 bytes", {4, 1, 2, 3, 4, 5, 6, 0x90, 0}, "04010203040506"},
        {"10 bytes", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x90, 0}, "00010203040506070809"},
        {"6 bytes", {1, 2, 3, 4, 5, 6, 0x90, 0}, std::nullopt},
        {"no bytes", {0x90, 0}, std::nullopt},
        {"function not supported", {1, 2, 3, 4, 0x6A, 0x81}, std::nullopt},
        {"a warning", {1, 2, 3, 4, 0x90, 1}, std::nullopt},
        {"a cut answer", {0x90}, std::nullopt},
        {"nothing", {}, std::nullopt},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(uid_in_answer(row.answer), row.uid) << row.what;
    }
}

TEST_F(PcscReaderOnATable, TellsTheUidOfEachCardOnce) {
    start_with_reader();
    table.lay(kReader, kCard);
    ASSERT_TRUE(reads({"04A219B2"}));
    table.take_away(kReader);
    table.lay(kReader, kOther);
    ASSERT_TRUE(reads({"04A219B2", "0BCDEF01"}));
    EXPECT_EQ(table.asked().front(), (Bytes{0xFF, 0xCA, 0, 0, 0}));
    EXPECT_EQ(table.asked().size(), 2U);
}

TEST_F(PcscReaderOnATable, SeesACardThatWasChangedForAnotherBetweenTwoLooks) {
    start_with_reader();
    table.lay(kReader, kCard);
    ASSERT_TRUE(reads({"04A219B2"}));
    table.swap(kReader, kOther);
    EXPECT_TRUE(reads({"04A219B2", "0BCDEF01"}));
}

TEST_F(PcscReaderOnATable, DoesNotReadACardThatLayThereBeforeItCame) {
    table.plug(kReader);
    table.lay(kReader, kCard);
    start();
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::back) == 1; }));
    table.take_away(kReader);
    table.lay(kReader, kOther);
    EXPECT_TRUE(reads({"0BCDEF01"}));
}

TEST_F(PcscReaderOnATable, TakesNoReaderWhoseNameMerelyBeginsOrEndsOtherwise) {
    table.plug(kLonger);
    table.plug(kShorter);
    start();
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::lost) == 1; }));
    table.lay(kLonger, kOther);
    table.lay(kShorter, kOther);
    table.plug(kReader);
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::back) == 1; }));
    table.take_away(kLonger);
    table.lay(kLonger, kOther);
    table.lay(kReader, kCard);
    EXPECT_TRUE(reads({"04A219B2"}));
}

TEST_F(PcscReaderOnATable, IsLostAndFoundWithItsPlugAndItsService) {
    start_with_reader();
    table.unplug(kReader);
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::lost) == 1; }));
    table.plug(kReader);
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::back) == 2; }));
    table.serve(false);
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::lost) == 2; }));
    table.serve(true);
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::back) == 3; }));
    table.lay(kReader, kCard);
    EXPECT_TRUE(reads({"04A219B2"}));
}

TEST_F(PcscReaderOnATable, CountsACardThatTellsNothingAndReadsOn) {
    start_with_reader();
    table.lay(kReader, {});
    ASSERT_TRUE(eventually([&] { return heard.told(ReaderNotice::spoiled) == 1; }));
    table.take_away(kReader);
    table.lay(kReader, {0x6A, 0x81});
    table.take_away(kReader);
    table.lay(kReader, kCard);
    EXPECT_TRUE(reads({"04A219B2"}));
    EXPECT_EQ(heard.told(ReaderNotice::spoiled), 1);
}

}  // namespace
}  // namespace creneau::door::test
