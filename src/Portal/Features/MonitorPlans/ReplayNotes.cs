using Governance.Audit.Data;
using Governance.Audit.Monitoring;

namespace Governance.Portal.Features.MonitorPlans;

/// <summary>What a person should know of recorded requests and labels that do not all count.</summary>
internal static class ReplayNotes
{
    /// <summary>One warning for each reason why rows are left out.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="labels">The labels, or null.</param>
    /// <param name="names">How their columns are called; those that are needed are there.</param>
    /// <param name="classes">The model's classes, or null.</param>
    public static IEnumerable<AuditWarning> Of(Table requests, Table? labels, ReplayColumns names, IReadOnlyList<string>? classes)
    {
        string[] ids = Texts(requests.Find(names.Id));
        HashSet<string> known = [.. ids];
        if (ids.Length > known.Count)
        {
            yield return new AuditWarning("repeated-ids", $"{Count(ids.Length - known.Count, "request")} with the id of an earlier one {Are(ids.Length - known.Count)} left out: each id counts once.", null, names.Id);
        }

        if (labels is null)
        {
            yield break;
        }

        int alone = Texts(labels.Find(names.Id)).Count(id => !known.Contains(id));
        if (alone > 0)
        {
            yield return new AuditWarning("labels-without-request", $"{Count(alone, "label")} of ids that no request has {Are(alone)} left out.", null, names.Id);
        }

        string[] strangers = [.. Texts(labels.Find(names.Label)).Where(label => !KnownLabels.Counts(label, classes))];
        if (strangers.Length > 0)
        {
            yield return new AuditWarning(
                "labels-of-no-class",
                $"{Count(strangers.Length, "label")} ('{strangers[0]}') {Are(strangers.Length)} none of the model's classes {string.Join(", ", classes!)}, and count{(strangers.Length == 1 ? "s" : "")} as unknown.", null, names.Label);
        }
    }

    private static string[] Texts(Column? column) => column is null ? [] : [.. Enumerable.Range(0, column.Count).Select(column.Text).OfType<string>()];

    private static string Count(int count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";

    private static string Are(int count) => count == 1 ? "is" : "are";
}
