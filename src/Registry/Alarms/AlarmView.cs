using Governance.Registry.Access;

namespace Governance.Registry.Alarms;

/// <summary>An alarm and what was done about it.</summary>
/// <param name="Alarm">The alarm.</param>
/// <param name="ModelName">The model's name.</param>
/// <param name="Owner">The model's owner.</param>
/// <param name="Steps">What was done, in order.</param>
public sealed record AlarmView(TheftAlarm Alarm, string ModelName, UserId Owner, IReadOnlyList<AlarmStep> Steps)
{
    /// <summary>Whether the person must prove again who they are.</summary>
    public bool NeedsConfirmation => Alarm.Stream == AlarmStream.Person && Steps.All(step => step.Kind != AlarmStepKind.Confirmed);

    /// <summary>Whether the owner must look into it.</summary>
    public bool NeedsRelease => Steps.All(step => step.Kind != AlarmStepKind.Released);

    /// <summary>Whether it still restricts its stream.</summary>
    public bool IsOpen => NeedsConfirmation || NeedsRelease;
}
