using Governance.Audit.Findings;

namespace Governance.Audit.Theft.Attacks;

/// <summary>What a red team found, in plain sentences. Pure.</summary>
public static class RedTeamWords
{
    /// <summary>What stands for no protection.</summary>
    public const string Off = "without protection";

    /// <summary>Terms in words: a role, or none.</summary>
    public static string Terms(string role) => role == FrontDoorTerms.Off ? Off : role;

    /// <summary>What each audience can reach, the one that reaches most first; without protection where no audience was tried.</summary>
    public static string Finding(RedTeamReport report)
    {
        RedTeamMetric[] reached = [.. Reached(report)];
        return reached.Length == 0 ? "No attack fitted this model."
            : Sentence(report, reached.OrderByDescending(metric => metric.B).First());
    }

    /// <summary>One sentence an audience.</summary>
    public static IReadOnlyList<string> Sentences(RedTeamReport report) => [.. Reached(report).Select(metric => Sentence(report, metric))];

    /// <summary>What copying is compared with.</summary>
    public static string Baseline(RedTeamReport report) => report.Task == "value"
        ? "Fidelity is R² of the copied values: 0 is a copy that always says the mean, 1 a perfect one."
        : $"A copy that always says the same already decides {PlainNumbers.Percent(report.BaseRate)} of the {PlainNumbers.Count(report.JudgedRows)} judged cases as the model does.";

    /// <summary>What membership inference found; null where it was not tested.</summary>
    public static string? Membership(RedTeamReport report) =>
        report.Membership.FirstOrDefault(one => one.Role == FrontDoorTerms.Off) is not { Auc: double auc } free ? null
            : $"Full answers tell rows trained on from others with an AUC of {PlainNumbers.WithInterval(auc, free.AucInterval)} (0.5 tells nothing), "
                + $"and find {PlainNumbers.Percent(free.Caught ?? 0)} of them at 1 % false alarms.";

    /// <summary>A budget or rule by which a front door closed, in words; "through" where it did not.</summary>
    /// <param name="refusedBy">As <see cref="AttackResult.RefusedBy"/>.</param>
    public static string Refusal(string? refusedBy) => refusedBy switch
    {
        null => "through",
        "linear" => "budget of linear models",
        "lifetime" => "lifetime budget",
        "day" => "daily budget",
        "model" => "the model's monthly budget",
        "kind" => "such questions are not answered",
        _ => refusedBy,
    };

    private static IEnumerable<RedTeamMetric> Reached(RedTeamReport report)
    {
        RedTeamMetric[] all = [.. report.Metrics.Where(metric => metric.Name.StartsWith("theft.fidelity.", StringComparison.Ordinal))];
        return all.Length > 1 ? all.Skip(1) : all;
    }

    private static string Sentence(RedTeamReport report, RedTeamMetric metric)
    {
        string role = metric.Name["theft.fidelity.".Length..];
        AttackResult by = report.Attacks.First(attack => attack.Role == role && attack.Attack == metric.Attack);
        string who = role == FrontDoorTerms.Off ? "Without any protection a thief"
            : $"Within {report.Days} {(report.Days == 1 ? "day" : "days")} {(role == "owner" || role == "approver" ? "an" : "a")} {role}";
        string how = $"({by.Attack}: {PlainNumbers.Count(by.Queries)} {(by.Queries == 1 ? "question" : "questions")}"
            + (role == FrontDoorTerms.Off ? ")" : $", {PlainNumbers.Count(by.Units)} units)");
        return report.Task == "value"
            ? $"{who} can build a copy whose values have an R² of {PlainNumbers.WithInterval(metric.B, metric.BInterval)} {how}."
            : $"{who} can build a copy that decides {PlainNumbers.Percent(metric.B ?? 0)}{Interval(metric.BInterval)} of cases as the model does {how}.";
    }

    private static string Interval(IReadOnlyList<double>? ends) =>
        ends is null ? "" : $" [{PlainNumbers.Percent(ends[0])}, {PlainNumbers.Percent(ends[1])}]";
}
