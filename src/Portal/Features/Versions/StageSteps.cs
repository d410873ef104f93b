using System.Globalization;
using Governance.Portal.Components.Parts;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Versions;

/// <summary>The stages of a version as steps: what is behind it, where it stands, what is ahead. Pure.</summary>
internal static class StageSteps
{
    /// <summary>Makes the steps.</summary>
    /// <param name="stage">Where the version stands.</param>
    /// <param name="registeredAt">When it was registered.</param>
    /// <param name="author">Who built it.</param>
    /// <param name="moves">Its moves in order, each with the name of who made it.</param>
    /// <param name="approvalsNeeded">How many approvals its tier asks for.</param>
    public static IReadOnlyList<StageStep> Of(
        Stage stage, DateTimeOffset registeredAt, string author,
        IReadOnlyList<(StageMove Move, string Person)> moves, int approvalsNeeded)
    {
        int now = Place(stage);
        List<StageStep> steps = [];
        foreach ((int place, string usual, string ahead) in (ReadOnlySpan<(int, string, string)>)
        [
            (0, "Draft", ""),
            (1, "In review", "waits for submission"),
            (2, "Approved", approvalsNeeded == 1 ? "needs 1 approver" : $"needs {approvalsNeeded} approvers"),
            (3, "Retired", "not planned"),
        ])
        {
            (StageMove Move, string Person) reached = moves.LastOrDefault(move => Place(move.Move.To) == place);
            string note = place > now ? ahead
                : reached.Move is not null ? $"{Day(reached.Move.At)}, {reached.Person}"
                : place == 0 ? $"{Day(registeredAt)}, {author}" : "";
            steps.Add(new StageStep(
                place == now ? Name(stage) : usual,
                note,
                place < now ? StepState.Done : place == now ? StepState.Now : StepState.Ahead));
        }

        return steps;
    }

    /// <summary>The stage as a name, such as "In review".</summary>
    public static string Name(Stage stage) => stage switch
    {
        Stage.Draft => "Draft",
        Stage.InReview => "In review",
        Stage.ChangesRequested => "Changes requested",
        Stage.Approved => "Approved",
        Stage.ApprovedWithConditions => "Approved with conditions",
        Stage.Rejected => "Rejected",
        Stage.Suspended => "Suspended",
        Stage.Expired => "Expired",
        Stage.Voided => "Voided",
        Stage.Retired => "Retired",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };

    private static int Place(Stage stage) => stage switch
    {
        Stage.Draft or Stage.ChangesRequested => 0,
        Stage.InReview => 1,
        Stage.Retired => 3,
        _ => 2,
    };

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
