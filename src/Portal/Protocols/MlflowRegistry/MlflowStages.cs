using Governance.Registry.Versions;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>MLflow's four stages as readings of ours. Clients may ask for the two that need no decision: submit and withdraw.</summary>
internal static class MlflowStages
{
    /// <summary>Before review.</summary>
    public const string None = "None";

    /// <summary>In review.</summary>
    public const string Staging = "Staging";

    /// <summary>Approved.</summary>
    public const string Production = "Production";

    /// <summary>Not to be used.</summary>
    public const string Archived = "Archived";

    private static readonly string[] All = [None, Staging, Production, Archived];

    /// <summary>How a stage of ours reads there.</summary>
    public static string Of(Stage stage) => stage switch
    {
        Stage.Draft or Stage.ChangesRequested => None,
        Stage.InReview => Staging,
        Stage.Approved or Stage.ApprovedWithConditions => Production,
        _ => Archived,
    };

    /// <summary>A stage's name as MLflow writes it, whatever its letters' case; null where it has none such.</summary>
    public static string? Find(string name) => All.FirstOrDefault(stage => stage.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The stages in words, for sentences.</summary>
    public static string Choices => string.Join(", ", All);

    /// <summary>What leads there and needs no decision of other persons; null where a client cannot lead there.</summary>
    public static StageRequest? RequestFor(string stage) => stage switch
    {
        Staging => StageRequest.Submit,
        None => StageRequest.Withdraw,
        _ => null,
    };

    /// <summary>Why a client cannot lead there.</summary>
    public static string Refusal(string stage) => stage == Production
        ? "A version becomes Production when reviewers and approvers sign it off in the portal. No client can do that: transition it to Staging to submit it, then follow its Sign-off page."
        : "Archived stands for rejected, suspended, expired, voided or retired versions. Suspending and retiring are for good reasons that people give on the version's page in the portal.";
}
