using Governance.Registry.Access;

namespace Governance.Registry.Versions;

/// <summary>What a person may ask of a version's stage, apart from reviews and decisions.</summary>
public enum StageRequest
{
    /// <summary>Into review: from draft, after changes, or again after suspension, expiry or voiding.</summary>
    Submit,

    /// <summary>Out of review, back to draft, by its author or a submitter.</summary>
    Withdraw,

    /// <summary>Stop using what was approved.</summary>
    Suspend,

    /// <summary>For good.</summary>
    Retire,
}

/// <summary>Which move leads from which stage, and by whom. Pure: it reads no clock, no user and no database.</summary>
public static class StagePolicy
{
    /// <summary>Where a request leads from a stage; null where it leads nowhere.</summary>
    public static Stage? TargetOf(StageRequest request, Stage from) => (request, from) switch
    {
        (StageRequest.Submit, Stage.Draft or Stage.ChangesRequested or Stage.Suspended or Stage.Expired or Stage.Voided) =>
            Stage.InReview,
        (StageRequest.Withdraw, Stage.InReview) => Stage.Draft,
        (StageRequest.Suspend, Stage.Approved or Stage.ApprovedWithConditions) => Stage.Suspended,
        (StageRequest.Retire, not (Stage.InReview or Stage.Retired)) => Stage.Retired,
        _ => null,
    };

    /// <summary>The right that a request needs: what never was live is retired by its developers, the rest by operators.</summary>
    public static Right RightFor(StageRequest request, Stage from) => (request, from) switch
    {
        (StageRequest.Suspend, _) => Right.Suspend,
        (StageRequest.Retire, Stage.Draft or Stage.ChangesRequested or Stage.Rejected) => Right.Register,
        (StageRequest.Retire, _) => Right.Operate,
        _ => Right.Register,
    };

    /// <summary>Why the person may not, or null when they may.</summary>
    /// <param name="request">What they ask.</param>
    /// <param name="from">Where the version stands.</param>
    /// <param name="people">Who had a hand in it.</param>
    /// <param name="person">Who asks, with their roles.</param>
    /// <param name="relation">How they stand to the model.</param>
    public static Refusal? RefusalFor(
        StageRequest request, Stage from, VersionPeople people, Person person, ModelRelation relation)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(person);
        Right right = RightFor(request, from);
        if (!AccessPolicy.Decide(person.Roles, right, relation).Allowed)
        {
            return RightsRefusals.For(right);
        }

        if (TargetOf(request, from) is null)
        {
            return new Refusal("wrong-stage", $"This version is {from.InWords()}, so it cannot be {InWords(request)}.");
        }

        return request switch
        {
            StageRequest.Submit when people.Reviewers.Contains(person.Id) || people.Deciders.Contains(person.Id) =>
                new Refusal(
                    "signed-it", "You signed this version off before, so you cannot submit it. Ask another developer."),
            StageRequest.Withdraw when people.Author != person.Id && !people.Submitters.Contains(person.Id) =>
                new Refusal("not-submitter", "Only the author or whoever submitted this version may withdraw it."),
            _ => null,
        };
    }

    private static string InWords(StageRequest request) => request switch
    {
        StageRequest.Submit => "submitted",
        StageRequest.Withdraw => "withdrawn",
        StageRequest.Suspend => "suspended",
        StageRequest.Retire => "retired",
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, null),
    };
}
