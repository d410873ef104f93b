using Governance.Audit.Runs;
using Governance.Audit.Theft.Attacks;
using Governance.Registry.Yaml;

namespace Governance.Audit.Specs;

/// <summary>The part <c>redteam</c> of a spec.</summary>
internal static class ReadSpecRedTeam
{
    /// <summary>Reads it.</summary>
    public static RedTeamMeasures Of(YamlFields fields)
    {
        IReadOnlyList<string>? roles = fields.Texts("roles");
        foreach (string role in roles ?? [])
        {
            ReadSpec.Checked(fields.Need("roles"), () => FrontDoorTerms.AudienceOf(role));
        }

        IReadOnlyList<string>? attacks = fields.Find("attacks") is YamlScalar { Text: "all" } ? null : fields.Texts("attacks");
        if (attacks is not null)
        {
            ReadSpec.Checked(fields.Need("attacks"), () => AttackList.Of(attacks));
        }

        return new RedTeamMeasures(
            roles is { Count: > 0 } ? roles : [FrontDoorTerms.NameOf(Answers.Policy.Audience.Consumer)], attacks, (int)(fields.Whole("days", 1, RunRedTeam.MostDays) ?? 30),
            (int)(fields.Whole("queries", RunRedTeam.FewestQueries, RunRedTeam.MostQueries) ?? 1_000));
    }
}
