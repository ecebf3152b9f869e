#include "sandbox/demo_people.h"

#include <array>

#include "domain/text.h"

namespace praxisync::sandbox {
namespace {

constexpr std::array<std::string_view, 40> kDemoGiven{
    "Amara",  "Bruno", "Chloe", "Daniel", "Elif",  "Farid", "Grace",   "Hugo",  "Ines",  "Jonas",
    "Kaito",  "Lena",  "Mateo", "Nadia",  "Oskar", "Priya", "Quentin", "Rosa",  "Samir", "Tessa",
    "Umar",   "Vera",  "Wei",   "Ximena", "Yusuf", "Zoe",   "Anouk",   "Ben",   "Carla", "Dmitri",
    "Esther", "Felix", "Gita",  "Hana",   "Ivan",  "Julia", "Kofi",    "Leyla", "Marco", "Noor"};
constexpr std::array<std::string_view, 40> kDemoFamily{
    "Adeyemi", "Baker",  "Costa",    "Dubois", "Eriksson", "Fischer",   "Garcia", "Haddad",
    "Ivanova", "Jensen", "Kim",      "Lopez",  "Moreau",   "Nguyen",    "Okafor", "Petrov",
    "Quinn",   "Rossi",  "Silva",    "Tanaka", "Ueda",     "Vargas",    "Weber",  "Xu",
    "Yilmaz",  "Zhang",  "Andersen", "Brown",  "Chen",     "Diaz",      "Evans",  "Ferrari",
    "Gupta",   "Horvat", "Ito",      "Jones",  "Kaya",     "Lindqvist", "Mensah", "Novak"};

}  // namespace

const std::vector<DemoOpening>& demo_openings() {
  static const std::vector<DemoOpening> openings{
      {"Senior Backend Engineer", "Technical Test", 110, "senior-backend-screen"},
      {"Data Analyst", "Skills Test", 80, "data-analyst-screen"},
      {"Graduate Programme", "Assessment", 60, "grad-2025"},
      {"Senior Backend Engineer", "Phone Screen", 25, ""},
      {"Data Analyst", "Offer", 10, ""},
      {"Office Manager", "Onsite", 15, ""}};
  return openings;
}

std::vector<DemoApplicant> demo_applicants() {
  std::vector<DemoApplicant> applicants;
  std::size_t number = 0;
  for (const DemoOpening& opening : demo_openings()) {
    for (int i = 0; i < opening.people; ++i, ++number) {
      // Every pair of names once, in an order that looks like none.
      const std::size_t place = number * 611 % 1600;
      const std::string_view given = kDemoGiven[place % 40], family = kDemoFamily[place / 40];
      applicants.push_back(
          {given, family, to_lower(given) + "." + to_lower(family) + "@example.com", opening});
    }
  }
  return applicants;
}

}  // namespace praxisync::sandbox
