#include "link/enrolment.hpp"

#include <gtest/gtest.h>

namespace creneau::link {
namespace {

Enrolment danton() {
    Enrolment enrolment{qr::TownId{92046}, "lcr-danton", {}, {policy::Fingerprint{}}};
    enrolment.agent_key.fill(3);
    return enrolment;
}

TEST(Enrolment, IsProvedByTheCodeAndEverythingThatBothMean) {
    const EnrolmentCode code{1, 2, 3};
    const auto proof = prove(code, Side::agent, danton());
    EXPECT_FALSE(same(proof, prove(EnrolmentCode{1, 2, 4}, Side::agent, danton())));
    EXPECT_FALSE(same(proof, prove(code, Side::town, danton()))) << "an echo is no proof";
    auto other = danton();
    other.town = qr::TownId{92047};
    EXPECT_FALSE(same(proof, prove(code, Side::agent, other)));
    other = danton();
    other.agent = "lcr-dantoo";
    EXPECT_FALSE(same(proof, prove(code, Side::agent, other)));
    other = danton();
    other.agent_key.fill(4);
    EXPECT_FALSE(same(proof, prove(code, Side::agent, other))) << "man in the middle";
    other = danton();
    other.roots[0].fill(1);
    EXPECT_FALSE(same(proof, prove(code, Side::agent, other)));
    other = danton();
    other.roots.clear();
    EXPECT_FALSE(same(proof, prove(code, Side::agent, other)));
    EXPECT_TRUE(same(proof, prove(code, Side::agent, danton())));
}

TEST(Enrolment, CodesAreReadAsPeopleTypeThem) {
    const EnrolmentCode code{0x0F, 0x1E, 0x2D};
    const auto text = text_of(code);
    EXPECT_EQ(text, "0f1e-2d00-0000-0000-0000-0000-0000-0000");
    EXPECT_EQ(code_from(text), code);
    EXPECT_EQ(code_from(" 0F1E 2D00 0000 0000 0000 0000 0000 0000\n"), code);
    EXPECT_FALSE(code_from("0f1e-2d00"));
    EXPECT_FALSE(code_from(text + "0"));
    EXPECT_FALSE(code_from("gf1e-2d00-0000-0000-0000-0000-0000-0000"));
}

}  // namespace
}  // namespace creneau::link
