using Governance.Registry.Policies;

namespace Governance.Portal.Features.Home;

/// <summary>Something that waits for a person.</summary>
/// <param name="Kind">Which kind; the list is in this order, then by time.</param>
/// <param name="What">The matter, as a short sentence.</param>
/// <param name="Why">What is asked for, and what stands already.</param>
/// <param name="Address">Where it is done.</param>
/// <param name="Action">The word on its button.</param>
/// <param name="Since">Since when it waits.</param>
internal sealed record WorkItem(WorkKind Kind, string What, string Why, string Address, string Action, DateTimeOffset Since)
{
    /// <summary>The mark before it, where it is about a gate.</summary>
    public GateVerdict? Mark => Kind == WorkKind.Breach ? GateVerdict.Breaches : null;

    /// <summary>The icon before it, where it is not.</summary>
    public string Icon => Kind switch
    {
        WorkKind.Alarm or WorkKind.Alert => "alert",
        WorkKind.Decide or WorkKind.Review or WorkKind.Confirm => "sign",
        WorkKind.Change => "undo",
        WorkKind.Submit => "upload",
        WorkKind.Overdue => "warn",
        WorkKind.Expiring => "clock",
        _ => "audit",
    };
}

/// <summary>Kinds of work, the most urgent first.</summary>
internal enum WorkKind
{
    /// <summary>An alarm wants a confirmation or a release, or somebody wants more answers.</summary>
    Alarm,

    /// <summary>A break-glass request waits, is in force or wants a review.</summary>
    BreakGlass,

    /// <summary>A gate is breached on a version under review or approved.</summary>
    Breach,

    /// <summary>An alert of a monitor or a schedule is not settled.</summary>
    Alert,

    /// <summary>A scheduled audit did not happen or failed, or a finding is past its due date.</summary>
    Overdue,

    /// <summary>A decision waits for an approver.</summary>
    Decide,

    /// <summary>A proposal waits for its second person.</summary>
    Confirm,

    /// <summary>A review waits for a reviewer.</summary>
    Review,

    /// <summary>An approval, or what it rests on, ends soon.</summary>
    Expiring,

    /// <summary>Changes were asked of the author.</summary>
    Change,

    /// <summary>A draft has evidence and can be submitted.</summary>
    Submit,

    /// <summary>A draft has no evidence yet.</summary>
    Audit,
}
