using Governance.Audit.Findings;
using Governance.Audit.Theft.Attacks;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.RedTeam;

/// <summary>The table for people of <c>governance redteam</c>.</summary>
internal static class RedTeamTable
{
    /// <summary>Writes sentences, the attacks, and membership inference.</summary>
    public static void Write(TextWriter people, RedTeamReport report)
    {
        foreach (string sentence in (string[])[.. RedTeamWords.Sentences(report), RedTeamWords.Baseline(report), .. report.Notes])
        {
            people.WriteLine(sentence);
        }

        people.WriteLine();
        TextTable.Write(people,
        [
            ["attack", "terms", "questions", "with numbers", "units", "days", "refused by", "alarm at", report.Task == "value" ? "R²" : "fidelity", "R² of scores", "weights off by", "copy"],
            .. report.Attacks.Where(attack => attack.Skipped is null).Select(Row),
        ]);
        foreach (IGrouping<(string Attack, string? Skipped), AttackResult> skipped in report.Attacks.Where(attack => attack.Skipped is not null).GroupBy(attack => (attack.Attack, attack.Skipped)))
        {
            people.WriteLine($"Not run: {skipped.Key.Attack} ({string.Join(", ", skipped.Select(attack => attack.Role))}). {skipped.Key.Skipped}");
        }

        if (report.Membership.Count > 0)
        {
            people.WriteLine();
            TextTable.Write(people,
            [
                ["membership inference", "by", "AUC", "found at 1 % false alarms", "trained on", "others"],
                .. report.Membership.Select(one => (IReadOnlyList<string>)
                [
                    one.Role, one.Method, TextTable.Number(one.Auc, one.AucInterval), TextTable.Number(one.Caught, one.CaughtInterval),
                    PlainNumbers.Count(one.Members), PlainNumbers.Count(one.Others),
                ]),
            ]);
        }
    }

    private static IReadOnlyList<string> Row(AttackResult attack) =>
    [
        attack.Attack, RedTeamWords.Terms(attack.Role), PlainNumbers.Count(attack.Queries), PlainNumbers.Count(attack.Scored), PlainNumbers.Count(attack.Units), PlainNumbers.Count(attack.Days),
        RedTeamWords.Refusal(attack.RefusedBy), attack.AlarmAt is int at ? PlainNumbers.Count(at) : "none",
        TextTable.Number(attack.Fidelity, attack.FidelityInterval), TextTable.Number(attack.R2, null),
        attack.ParameterError is double error ? error.ToString("0.0e-0", System.Globalization.CultureInfo.InvariantCulture) : "", attack.Family ?? "",
    ];
}
