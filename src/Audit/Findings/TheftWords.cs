using Governance.Audit.Theft.Attacks;

namespace Governance.Audit.Findings;

/// <summary>What figures of a red team are called in sentences for people.</summary>
internal static class TheftWords
{
    /// <summary>The words for a figure such as fidelity.consumer; null for any other metric.</summary>
    public static string? Of(string metric)
    {
        string[] parts = metric.Split('.');
        return parts switch
        {
            ["fidelity", string role] => $"fidelity of the best copy {Terms(role)}",
            ["membership_auc"] => "AUC of telling training rows from others by full answers",
            ["membership_auc", string role] => $"AUC of telling training rows from others {Terms(role)}",
            ["queries_to_alarm", string role, string attack] => $"questions until the alarm, attack {attack} {Terms(role)}",
            _ => null,
        };
    }

    private static string Terms(string role) => role == FrontDoorTerms.Off ? "without protection"
        : $"on the terms of {("aeiou".Contains(role[0], StringComparison.Ordinal) ? "an" : "a")} {role}";
}
