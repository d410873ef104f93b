using Governance.Registry.Versions;

namespace Governance.Registry.Policies;

/// <summary>What leads an approved version back, beside the calendar.</summary>
public sealed record PolicyTrigger
{
    /// <summary>What happens.</summary>
    public required TriggerEvent On { get; init; }

    /// <summary>What follows.</summary>
    public required TriggerEffect Then { get; init; }

    /// <summary>The rule or text that it comes from.</summary>
    public required string Citation { get; init; }
}

/// <summary>What may happen to an approved version.</summary>
public enum TriggerEvent
{
    /// <summary>A digest that the decision covers is another one: weights, encoding, threshold, policy, evaluation data or a finding.</summary>
    CoveredPartChanged,

    /// <summary>Evidence that the decision rests on is older than its lifetime.</summary>
    EvidenceExpired,

    /// <summary>A scheduled review is due.</summary>
    ReviewDue,

    /// <summary>An audit after the decision found a breach.</summary>
    GateBreached,

    /// <summary>Drift stayed above its limit for as many windows as the pack names.</summary>
    DriftCritical,

    /// <summary>Another policy pack came into force for the model.</summary>
    PolicyChanged,

    /// <summary>A condition of the approval is past its due date.</summary>
    ConditionOverdue,

    /// <summary>A person reported an incident.</summary>
    Incident,

    /// <summary>An alert of a monitor is critical, whatever it is about. A pack that does not name it asks for a notice alone.</summary>
    CriticalAlert,
}

/// <summary>What follows from a trigger.</summary>
public enum TriggerEffect
{
    /// <summary>People are told.</summary>
    Notice,

    /// <summary>The version goes back to review.</summary>
    Review,

    /// <summary>The version is suspended: it answers no more until it is approved anew.</summary>
    Suspend,

    /// <summary>The decision is void and the model answers no more.</summary>
    Void,
}

/// <summary>Questions about an effect.</summary>
public static class TriggerEffects
{
    /// <summary>Where an approved version goes; null where people are told and nothing else.</summary>
    public static Stage? TargetStage(this TriggerEffect effect) => effect switch
    {
        TriggerEffect.Notice => null,
        TriggerEffect.Review => Stage.InReview,
        TriggerEffect.Suspend => Stage.Suspended,
        TriggerEffect.Void => Stage.Voided,
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, null),
    };
}
