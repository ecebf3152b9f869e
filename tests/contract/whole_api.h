/// The client and the sandbox with the contract between them, and a walk through every method of
/// the client.
#pragma once

#include <string>

#include "assess/client.h"
#include "http/origin_gate.h"
#include "sandbox/assess_sandbox.h"
#include "sandbox/sandbox_transport.h"
#include "support/contract_transport.h"
#include "support/fake_clock.h"

namespace praxisync::testing_support {

inline constexpr const char* kApiKey = "ct_live_0123456789abcdef";
inline constexpr const char* kApi = "https://praxicraft.com/api/v1/public/";

/// docs/assess-api.openapi.json, read once a process.
const Contract& the_contract();

/// Attaches the key as the program does.
http::OriginGate keyed(http::Transport& next);

/// No limits but those that a test sets: the walk needs some hundred calls.
sandbox::Options roomy(sandbox::Options options = {});

class Rig {
 public:
  explicit Rig(sandbox::Options options = roomy());

  FakeClock clock;
  sandbox::AssessSandbox sandbox;
  sandbox::SandboxTransport transport;
  ContractTransport contract;
  http::OriginGate gate;
  assess::Client client;
};

/// Calls every method of the client with all that it can say, over lists of more than one page and
/// through the life of an invitation and an enrollment. Fails the test where a call fails.
void use_everything(Rig& rig);

}  // namespace praxisync::testing_support
