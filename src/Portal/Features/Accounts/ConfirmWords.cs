using Governance.Registry.Sessions;

namespace Governance.Portal.Features.Accounts;

/// <summary>Why a person is asked again who they are.</summary>
internal static class ConfirmWords
{
    /// <summary>A sentence a purpose.</summary>
    public static string Of(StepUpPurpose purpose) => purpose switch
    {
        StepUpPurpose.SignOff => "You are about to sign something under your name.",
        StepUpPurpose.Accounts => "You are about to change what other people may do.",
        StepUpPurpose.OwnAccount => "You are about to change how you sign in.",
        StepUpPurpose.Export => "You are about to take something out of the portal.",
        StepUpPurpose.BreakGlass => "Emergency access goes past the ordinary rights.",
        StepUpPurpose.Proposals => "You are about to stand for what another person proposed.",
        StepUpPurpose.Access => "You are about to change who may use a model.",
        StepUpPurpose.Alarms => "You are about to lift a restriction that an alarm set.",
        StepUpPurpose.Tokens => "A token acts without a person.",
        StepUpPurpose.Policies => "You are about to change a policy of the portal.",
        StepUpPurpose.Privacy => "You are about to handle rows of a person.",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, null),
    };
}
