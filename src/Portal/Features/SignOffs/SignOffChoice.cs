using Governance.Registry.SignOffs;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Which form a person is offered.</summary>
internal enum SignOffOffer
{
    /// <summary>Put the version into review.</summary>
    Submit,

    /// <summary>Review it.</summary>
    Review,

    /// <summary>Decide on it.</summary>
    Decision,
}

/// <summary>What a person chose in the form.</summary>
public enum SignOffChoice
{
    /// <summary>Put the version into review.</summary>
    Submit,

    /// <summary>Reviewed without objection.</summary>
    Reviewed,

    /// <summary>Back to the developer.</summary>
    RequestChanges,

    /// <summary>Approve.</summary>
    Approve,

    /// <summary>Approve with conditions.</summary>
    ApproveWithConditions,

    /// <summary>Approve a variant on its parent's sign-off.</summary>
    Inherit,

    /// <summary>Reject.</summary>
    Reject,
}

/// <summary>What the choices stand for in the registry.</summary>
internal static class SignOffChoices
{
    /// <summary>The verdict of a choice.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Submitting is no verdict.</exception>
    public static Verdict Verdict(this SignOffChoice choice) => choice switch
    {
        SignOffChoice.Reviewed => Registry.SignOffs.Verdict.Reviewed,
        SignOffChoice.RequestChanges => Registry.SignOffs.Verdict.RequestChanges,
        SignOffChoice.Approve => Registry.SignOffs.Verdict.Approve,
        SignOffChoice.ApproveWithConditions => Registry.SignOffs.Verdict.ApproveWithConditions,
        SignOffChoice.Inherit => Registry.SignOffs.Verdict.Inherit,
        SignOffChoice.Reject => Registry.SignOffs.Verdict.Reject,
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, null),
    };
}
