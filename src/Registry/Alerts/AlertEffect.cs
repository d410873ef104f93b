using Governance.Registry.Policies;
using Governance.Registry.Versions;

namespace Governance.Registry.Alerts;

/// <summary>What the policy does with an approved version when an alert on it is critical. Pure.</summary>
/// <remarks>
/// The trigger <c>critical-alert</c> is about alerts of any topic, <c>drift-critical</c> about those on drift; the stronger
/// effect counts. What the pack does not speak of leads to a notice alone: no version is taken out of use by default.
/// </remarks>
public static class AlertEffect
{
    /// <summary>Where a version goes; null where it stays.</summary>
    /// <param name="pack">The pack in force.</param>
    /// <param name="topic">What the alert is about.</param>
    /// <param name="stage">Where the version stands; only an approved one moves.</param>
    public static Stage? TargetOf(PolicyPack pack, AlertTopic topic, Stage stage)
    {
        ArgumentNullException.ThrowIfNull(pack);
        TriggerEffect effect = pack.Triggers.Where(trigger => trigger.On == TriggerEvent.CriticalAlert
                || (trigger.On == TriggerEvent.DriftCritical && topic is AlertTopic.Drift or AlertTopic.Attribution))
            .Select(trigger => trigger.Then).DefaultIfEmpty(TriggerEffect.Notice).Max();
        return stage.IsApproved() ? effect.TargetStage() : null;
    }

    /// <summary>The cause of the move: names the alert, at most <see cref="StageMove.MaxCauseLength"/> characters.</summary>
    public static string CauseOf(AlertEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        string cause = $"Alert {entry.Alert.Id}: {entry.Sentence}";
        return cause.Length <= StageMove.MaxCauseLength ? cause : cause[..(StageMove.MaxCauseLength - 1)] + "…";
    }
}
