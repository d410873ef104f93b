using System.Globalization;
using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Registry.Deployments;

/// <summary>What may be deployed, beside what. Pure: it reads no clock, no user and no database.</summary>
public static class DeploymentPolicy
{
    private const double Slack = 1e-9; // shares such as 0.1 are no exact binary numbers

    /// <summary>Why a version may not be deployed like this, or null when it may.</summary>
    /// <param name="stage">Where the version stands.</param>
    /// <param name="wish">What is wanted.</param>
    /// <param name="beside">What is live for the model in the environment, without what is replaced.</param>
    /// <param name="now">UTC.</param>
    public static Refusal? RefusalFor(Stage stage, NewDeployment wish, IReadOnlyCollection<Deployment> beside, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(beside);
        double taken = beside.Where(each => each.Role.Answers()).Sum(each => each.Share);
        return !stage.IsApproved()
            ? new Refusal("wrong-stage", $"This version is {stage.InWords()}. Only an approved version may be deployed.")
            : !NameRule.Fits(wish.Environment) ? new Refusal("bad-environment", $"An environment is named as models are. {NameRule.Sentence}")
            : !double.IsFinite(wish.Share) || wish.Share is <= 0 or > 1
            ? new Refusal("bad-share", "A share is a number above 0 and at most 1.")
            : wish.From is DateTimeOffset from && wish.Role != DeploymentRole.Outside && from < now.AddMinutes(-1)
            ? new Refusal("in-the-past", "Only an outside server can have been live before it is recorded.")
            : wish.From > now.AddYears(1) ? new Refusal("far-future", "A deployment begins within a year.")
            : beside.FirstOrDefault(each => each.Version == wish.Version && each.Role == wish.Role) is not null
            ? new Refusal("deployed", $"This version is the {wish.Role.InWords()} in {wish.Environment} already. End that deployment, or name it as the one to replace.")
            : wish.Role == DeploymentRole.Champion && beside.Any(each => each.Role == DeploymentRole.Champion)
            ? new Refusal("two-champions", $"There is a champion in {wish.Environment} already. Deploy as a challenger, or name the champion as the one to replace.")
            : wish.Role.Answers() && taken + wish.Share > 1 + Slack
            ? new Refusal("over-one", string.Create(
                CultureInfo.InvariantCulture, $"Champion and challengers in {wish.Environment} share {taken:0.####} already; with {wish.Share:0.####} more they would share over 1."))
            : null;
    }
}
