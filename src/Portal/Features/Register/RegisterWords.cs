using System.Globalization;
using Governance.Registry.Policies;
using Governance.Registry.Register;

namespace Governance.Portal.Features.Register;

/// <summary>Words of the register of findings for people. Pure.</summary>
internal static class RegisterWords
{
    /// <summary>Where a finding comes from.</summary>
    public static string Of(FindingSource source) => source switch
    {
        FindingSource.Review => "raised by a reviewer",
        FindingSource.Gate => "breached when it was submitted",
        FindingSource.Condition => "a condition of an approval",
        FindingSource.Waiver => "waived with an approval",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, null),
    };

    /// <summary>What a step did.</summary>
    public static string Of(RegisterStepKind kind) => kind switch
    {
        RegisterStepKind.Comment => "commented",
        RegisterStepKind.Close => "closed it",
        RegisterStepKind.Accept => "accepted it",
        RegisterStepKind.Reopen => "opened it again",
        RegisterStepKind.Plan => "planned it anew",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The button of a step.</summary>
    public static string ActionOf(RegisterStepKind kind) => kind switch
    {
        RegisterStepKind.Comment => "Comment",
        RegisterStepKind.Close => "Close",
        RegisterStepKind.Accept => "Accept until",
        RegisterStepKind.Reopen => "Open again",
        RegisterStepKind.Plan => "Plan anew",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Where a finding stands.</summary>
    public static string StandingOf(RegisterView view) => view.Status switch
    {
        FindingStatus.Closed => "closed",
        FindingStatus.Accepted => $"accepted until {Day(view.Entry.AcceptedUntil)}",
        _ when view.Entry.AcceptedUntil is { } ended => $"open again since {Day(ended)}",
        _ when view.Overdue => "overdue",
        _ => "open",
    };

    /// <summary>The mark of where it stands.</summary>
    public static GateVerdict? MarkOf(RegisterView view) => view.Status switch
    {
        FindingStatus.Closed => GateVerdict.Meets,
        FindingStatus.Accepted => GateVerdict.Inconclusive,
        _ => GateVerdict.Breaches,
    };

    /// <summary>A day; "no date" for null.</summary>
    public static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture) ?? "no date";

    /// <summary>The page of a finding.</summary>
    public static string AddressOf(RegisterView view) => $"/register/{view.Entry.Finding.Id}";
}
