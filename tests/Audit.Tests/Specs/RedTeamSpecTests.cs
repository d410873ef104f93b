using Governance.Audit.Runs;
using Governance.Audit.Specs;

namespace Governance.Audit.Tests.Specs;

public sealed class RedTeamSpecTests
{
    private const string Spec = """
        governance: audit/1
        name: theft
        model: { file: model.onnx }
        data: { evaluation: { file: test.csv } }
        redteam: { roles: [consumer, reviewer], attacks: [equation, own-data], days: 7, queries: 200 }
        gates:
          - { id: copy, metric: theft.fidelity.consumer, atMost: 0.9 }
          - { id: alarm, metric: theft.queries_to_alarm.consumer.uniform, atMost: 10 }
        """;

    [Fact]
    public void Roles_attacks_and_days_are_read_and_written_back()
    {
        AuditSpec spec = ReadSpec.Run(Spec);

        RedTeamMeasures asked = spec.Measures.RedTeam!;
        Assert.Equal((7, 200), (asked.Days, asked.Queries));
        Assert.Equal(["consumer", "reviewer"], asked.Roles);
        Assert.Equal(["equation", "own-data"], asked.Attacks!);
        Assert.Equal(("theft", "fidelity.consumer"), (spec.Measures.Gates[0].Family, spec.Measures.Gates[0].Name));
        AuditSpec again = ReadSpec.Run(WriteSpec.Run(SpecOptions.Of(spec, policyGates: false), "m/1"));
        Assert.Equal(asked.Roles, again.Measures.RedTeam!.Roles);
        Assert.Equal(asked.Attacks, again.Measures.RedTeam.Attacks!);
        Assert.Equal((asked.Days, asked.Queries), (again.Measures.RedTeam.Days, again.Measures.RedTeam.Queries));
    }

    [Fact]
    public void By_default_a_consumer_tries_everything_for_a_month()
    {
        RedTeamMeasures asked = ReadSpec.Run(Spec.Split("\ngates:")[0].Replace("{ roles: [consumer, reviewer], attacks: [equation, own-data], days: 7, queries: 200 }", "{ attacks: all }", StringComparison.Ordinal)).Measures.RedTeam!;

        Assert.Equal((30, 1_000), (asked.Days, asked.Queries));
        Assert.Equal(["consumer"], asked.Roles);
        Assert.Null(asked.Attacks);
    }
}
