/// The demo's two sides held against each other at the end: who should have been contacted and was,
/// and what was written back, by the books of the ATS and of the Assess API themselves.
#pragma once

#include <vector>

#include "sandbox/assess_sandbox.h"
#include "sandbox/ats/hiring.h"

namespace praxisync::sandbox::ats {

struct Books {
  int due = 0;        ///< to be contacted: those whom a recruiter took out may have been or not
  int contacted = 0;  ///< of all who were ever in a routed stage
  int missed = 0;     ///< due, and not contacted
  int twice = 0;      ///< contacted more than once
  int notes = 0, tags = 0, fields = 0, links = 0, moves = 0, rejections = 0;  ///< written
  int without_note = 0;   ///< due, and no note says how it ended
  int written_twice = 0;  ///< the same again for the same application or person
  int overruled = 0;      ///< moved or rejected after a recruiter had decided

  bool as_promised() const {
    return missed + twice + without_note + written_twice + overruled == 0;
  }
};

Books balance(const std::vector<Due>& due, const Recruiting& world, const AssessSandbox& assess);

}  // namespace praxisync::sandbox::ats
