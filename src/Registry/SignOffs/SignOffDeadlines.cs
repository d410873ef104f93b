using System.Globalization;
using Governance.Registry.Register;
using Governance.Registry.Versions;

namespace Governance.Registry.SignOffs;

/// <summary>What ends an approval by itself.</summary>
public enum DeadlineKind
{
    /// <summary>The approval's own time.</summary>
    Approval,

    /// <summary>The evidence that it rests on.</summary>
    Evidence,

    /// <summary>A condition that is still open.</summary>
    Condition,

    /// <summary>A finding or line that was accepted until a day.</summary>
    Acceptance,
}

/// <summary>A day on which an approval ends unless something is done before.</summary>
/// <param name="Kind">What ends it.</param>
/// <param name="At">UTC.</param>
/// <param name="Sentence">The cause in words, as it will stand in the history; at most 200 characters.</param>
public sealed record SignOffDeadline(DeadlineKind Kind, DateTimeOffset At, string Sentence)
{
    /// <summary>From when on people are reminded of it: so long before as the policy says.</summary>
    public DateTimeOffset RemindAt { get; init; }

    /// <summary>What is going to happen, for a reminder.</summary>
    public string Ahead => Kind switch
    {
        DeadlineKind.Approval => $"The approval ends on {SignOffDeadlines.Day(At)}.",
        DeadlineKind.Evidence => $"Its evidence is too old for the policy on {SignOffDeadlines.Day(At)}, and the approval ends with it.",
        DeadlineKind.Condition => $"A condition has to be fulfilled by {SignOffDeadlines.Day(At)}, or the approval ends.",
        DeadlineKind.Acceptance => $"Something was accepted until {SignOffDeadlines.Day(At)}; then it is open again.",
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, null),
    };
}

/// <summary>When approvals end by themselves. Pure.</summary>
public static class SignOffDeadlines
{
    /// <summary>Every day that ends the approval, the nearest first.</summary>
    /// <param name="approvedAt">When the last approval was given.</param>
    /// <param name="evidenceAt">When the latest evidence that it rests on was sealed; null where there is none.</param>
    /// <param name="register">The version's findings of the register.</param>
    /// <param name="terms">What the policy asks.</param>
    public static IReadOnlyList<SignOffDeadline> Of(
        DateTimeOffset approvedAt, DateTimeOffset? evidenceAt, IReadOnlyList<RegisterEntry> register, SignOffTerms terms)
    {
        ArgumentNullException.ThrowIfNull(register);
        ArgumentNullException.ThrowIfNull(terms);
        List<SignOffDeadline> all =
        [
            new(DeadlineKind.Approval, approvedAt + terms.ApprovalLifetime, $"The approval was given for {terms.ApprovalLifetime.TotalDays:0} days, and they are over."),
        ];
        if (evidenceAt is DateTimeOffset at)
        {
            all.Add(new(DeadlineKind.Evidence, at + terms.EvidenceLifetime, $"The evidence is older than the {terms.EvidenceLifetime.TotalDays:0} days that the policy lets it count."));
        }

        foreach (RegisterEntry entry in register)
        {
            if (entry.Standing == nameof(FindingStatus.Open) && entry.Finding.Source == FindingSource.Condition && entry.DueAt is DateTimeOffset due)
            {
                all.Add(new(DeadlineKind.Condition, due, Short($"A condition was not fulfilled by {Day(due)}: {entry.Finding.Title}")));
            }

            if (entry.AcceptedUntil is DateTimeOffset until)
            {
                all.Add(new(DeadlineKind.Acceptance, until, Short($"What was accepted until {Day(until)} is open again: {entry.Finding.Title}")));
            }
        }

        return [.. all.Select(each => each with { RemindAt = each.At - terms.Reminder }).OrderBy(each => each.At)];
    }

    internal static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Short(string sentence) =>
        sentence.Length <= StageMove.MaxCauseLength ? sentence : sentence[..(StageMove.MaxCauseLength - 1)] + "…";
}
