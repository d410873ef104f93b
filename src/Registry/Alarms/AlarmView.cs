using Governance.Registry.Access;

namespace Governance.Registry.Alarms;

/// <summary>An alarm and what was done about it.</summary>
/// <param name="Alarm">The alarm.</param>
/// <param name="ModelName">The model's name.</param>
/// <param name="VersionNumber">The number of the version that was asked.</param>
/// <param name="Owner">The model's owner.</param>
/// <param name="OwnerName">Their name.</param>
/// <param name="Party">Whose queries raised it.</param>
/// <param name="Steps">What was done, in order.</param>
public sealed record AlarmView(
    TheftAlarm Alarm, string ModelName, int VersionNumber, UserId Owner, string OwnerName, AlarmParty Party, IReadOnlyList<AlarmStepView> Steps)
{
    /// <summary>Whether somebody must prove again who they are.</summary>
    public bool NeedsConfirmation => Alarm.Stream == AlarmStream.Person && Steps.All(one => one.Step.Kind != AlarmStepKind.Confirmed);

    /// <summary>Whether the owner must look into it.</summary>
    public bool NeedsRelease => Steps.All(one => one.Step.Kind != AlarmStepKind.Released);

    /// <summary>Whether it still restricts its stream.</summary>
    public bool IsOpen => NeedsConfirmation || NeedsRelease;

    /// <summary>Whether the one who reads it may confirm it now.</summary>
    public bool MayConfirm { get; init; }

    /// <summary>Whether the one who reads it may release it now.</summary>
    public bool MayRelease { get; init; }
}

/// <summary>A step after an alarm with words.</summary>
/// <param name="Step">The step.</param>
/// <param name="By">The name of who did it.</param>
/// <param name="Reason">What they wrote; null for a confirmation, and where it was erased.</param>
public sealed record AlarmStepView(AlarmStep Step, string By, string? Reason);
