using System.Globalization;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Registry.Access;

/// <summary>Why a right is allowed or not, in sentences. Pure: it repeats the judgement of <see cref="AccessPolicy"/> in words.</summary>
public static class AccessReasons
{
    /// <summary>The reasons, the deciding one first; never empty.</summary>
    /// <param name="holdings">What the person holds.</param>
    /// <param name="right">The right.</param>
    /// <param name="model">On which model.</param>
    /// <param name="stage">The version's stage; null for the model as a whole.</param>
    /// <param name="names">Who is called how.</param>
    public static IReadOnlyList<AccessReason> Of(
        Holdings holdings, Right right, Model model, Stage? stage, AccessNames names)
    {
        ArgumentNullException.ThrowIfNull(holdings);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(names);
        AccessDecision decision = holdings.Decide(right, model, stage);
        return decision.Allowed
            ? [.. AllowedBy(holdings, decision, right, model, stage, names)]
            : [.. Missing(holdings, right, model, stage, names)];
    }

    /// <summary>A grant as a sentence: to whom, by whom, since when, until when, in which stages.</summary>
    public static string Sentence(ModelGrant grant, AccessNames names)
    {
        ArgumentNullException.ThrowIfNull(grant);
        ArgumentNullException.ThrowIfNull(names);
        string extras = (grant.Explanations, grant.PersonalRows) switch
        {
            (true, true) => ", with explanations and personal rows",
            (true, false) => ", with explanations of rows",
            (false, true) => ", with personal rows",
            _ => "",
        };
        string to = grant.Team is { } team ? $"Granted to the team {names.Of(team)}" : "Granted to the person";
        string end = grant.ExpiresAt is DateTimeOffset at ? $", until {Day(at)}" : "";
        string stages = grant.Stages.IsEmpty ? "" : $", for versions that are {InWords(grant.Stages)}";
        return $"{to} by {names.Of(grant.GrantedBy)} on {Day(grant.GrantedAt)}{end}{stages}{extras}.";
    }

    /// <summary>Stages in words: "in review or approved".</summary>
    public static string InWords(EnumSet<Stage> stages) => string.Join(" or ", stages.Values.Select(stage => stage.InWords()));

    private static IEnumerable<AccessReason> AllowedBy(
        Holdings holdings, AccessDecision decision, Right right, Model model, Stage? stage, AccessNames names)
    {
        if (decision.By is not Role role)
        {
            yield return new AccessReason("break-glass", "A break-glass in force gives it; every action under it is flagged.");
            yield break;
        }

        yield return new AccessReason("cell", $"{role}: {RightWords.Of(decision.Cell)} ({RightWords.Of(right)}).");
        if (decision.Cell is Allowance.All or Allowance.SecondForLoosening
            || (decision.Cell == Allowance.Masked && AccessPolicy.CellOf(role, Right.SeeModel) == Allowance.All))
        {
            yield break;
        }

        foreach (ModelGrant grant in holdings.GrantsOn(model.Id).Where(grant => holdings.Counts(grant, stage)))
        {
            yield return new AccessReason(grant.Team is null ? "grant" : "team-grant", Sentence(grant, names));
        }
    }

    private static IEnumerable<AccessReason> Missing(
        Holdings holdings, Right right, Model model, Stage? stage, AccessNames names)
    {
        IReadOnlySet<Role> roles = holdings.Person.Roles;
        if (roles.Count == 0)
        {
            yield return new AccessReason("no-role", "The account has no role, or was deactivated.");
            yield break;
        }

        if (AccessPolicy.IsClosed(roles, right))
        {
            yield return new AccessReason("closed", "An administrator never may: rights and their use are kept apart.");
            yield break;
        }

        Role[] near = [.. roles.Order().Where(role => AccessPolicy.CellOf(role, right) is not (Allowance.Never or Allowance.NameOnly))];
        if (near.Length == 0)
        {
            Role[] able = [.. Enum.GetValues<Role>().Where(role => AccessPolicy.CellOf(role, right) is not (Allowance.Never or Allowance.NameOnly))];
            yield return new AccessReason(
                "no-role", $"{string.Join(" and ", roles.Order())}: never. The right belongs to {string.Join(", ", able)}.");
            yield break;
        }

        foreach (Role role in near)
        {
            yield return Lacking(AccessPolicy.CellOf(role, right), role, holdings, model, stage, names);
        }
    }

    private static AccessReason Lacking(
        Allowance cell, Role role, Holdings holdings, Model model, Stage? stage, AccessNames names)
    {
        ModelRelation relation = holdings.RelationTo(model, stage);
        return cell switch
        {
            Allowance.TwoPersons => new("second-person", $"{role}: only by a proposal with a reason that a second approver confirms."),
            Allowance.Propose => new("second-person", $"{role}: may propose it, not decide."),
            Allowance.OwnTokens => new("second-person", $"{role}: own tokens only."),
            _ when !relation.Granted => NoGrant(role, holdings, model, names),
            Allowance.IfOwner => new("not-owner", $"{role}: only for the model's owner, {names.Of(model.Owner)}."),
            Allowance.BudgetedByGrant => new("not-named", $"{role}: only with a grant that names explanations. An administrator can give one."),
            _ => new("not-named", $"{role}: only with a grant that names personal rows. An administrator can give one."),
        };
    }

    private static AccessReason NoGrant(Role role, Holdings holdings, Model model, AccessNames names)
    {
        ModelGrant[] grants = [.. holdings.GrantsOn(model.Id)];
        return grants.FirstOrDefault(grant => grant.HoldsAt(holdings.At)) is ModelGrant elsewhere
            ? new("wrong-stage", $"{role}: the grant does not speak of this stage. {Sentence(elsewhere, names)}")
            : grants.FirstOrDefault() is ModelGrant past
            ? new("expired", $"{role}: the grant has expired. {Sentence(past, names)}")
            : new("no-grant", $"{role}: only on models granted to the person or a team of theirs. An administrator can grant it.");
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
