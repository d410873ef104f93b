using System.Globalization;
using Governance.Audit.Findings;
using Governance.Registry.Alarms;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Alarms;

/// <summary>Alarms in plain words. Pure.</summary>
internal static class AlarmWords
{
    /// <summary>What a page of alarms begins with.</summary>
    public static string Title(IReadOnlyList<AlarmView> alarms) => alarms.Count(view => view.IsOpen) switch
    {
        0 => "No alarm holds",
        1 => "One alarm holds",
        int count => $"{PlainNumbers.Count(count)} alarms hold",
    };

    /// <summary>Whose queries, on what.</summary>
    public static string Head(AlarmView view) => $"{view.Party.Name}{(view.Party.IsService ? " (a program)" : "")}, on {view.ModelName} v{view.VersionNumber}";

    /// <summary>What was seen.</summary>
    public static string Seen(AlarmView view) =>
        $"{PlainNumbers.Count(view.Alarm.Observed)} different rows, most of them {Strange(view.Alarm.Detector)}: honest traffic looks like that once in {PlainNumbers.Count((long)Math.Min(view.Alarm.Level, 1e15))} rows or less.";

    /// <summary>What holds, and what is to be done.</summary>
    public static string State(AlarmView view) => (view.NeedsConfirmation, view.NeedsRelease) switch
    {
        (true, true) => $"decisions alone until {Confirmer(view)} and {view.OwnerName} releases it",
        (true, false) => $"released; decisions alone until {Confirmer(view)}",
        (false, true) => $"decisions alone until {view.OwnerName} releases it",
        _ => "over",
    };

    /// <summary>Its mark: one that holds stands out.</summary>
    public static GateVerdict MarkOf(AlarmView view) => view.IsOpen ? GateVerdict.Breaches : GateVerdict.Meets;

    /// <summary>A step.</summary>
    public static string Step(AlarmStepView view) => view.Step.Kind == AlarmStepKind.Confirmed
        ? $"Confirmed by {view.By}" : $"Released by {view.By}: {view.Reason ?? "the reason was erased"}";

    /// <summary>A moment.</summary>
    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static string Confirmer(AlarmView view) =>
        view.Party.IsOrphaned ? "an administrator confirms it"
        : view.Party.IsService ? "the person who answers for the program confirms it"
        : $"{view.Party.Name} confirms that it was them";

    // Words of Audit's detectors; an unknown one is named as it is.
    private static string Strange(string detector) => detector switch
    {
        "Outlying" => "far from all reference rows",
        "Boundary" => "close to the decision",
        "Near" => "steps away from earlier ones",
        "Scrambled" => "put together from cells of many rows",
        "Patched" => "known rows with some cells exchanged",
        _ => $"strange to the detector {detector}",
    };
}
