using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Teams;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Access;

/// <summary>The resolver: why someone can do what on a model or a version, and who else can.</summary>
public sealed class ExplainAccess(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Explains every right of a person, and lists who has access.</summary>
    /// <param name="viewer">Who asks: the person themself, an administrator, the model's owner or an auditor.</param>
    /// <param name="subject">About whom.</param>
    /// <param name="modelName">The model's name.</param>
    /// <param name="number">The version's number; null for the model as a whole.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where it does not exist for the viewer, or they may not ask about this person.</returns>
    public async Task<AccessOverview?> RunAsync(
        UserId viewer, UserId subject, string modelName, int? number, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Model? model = await db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == modelName, cancellationToken);
        ModelId? id = model?.Id;
        ModelVersion? version = number is null ? null
            : await db.Versions.AsNoTracking().FirstOrDefaultAsync(row => row.Model == id && row.Number == number, cancellationToken);
        Holdings? own = await Holdings.LoadAsync(db, viewer, cancellationToken);
        Holdings? about = await Holdings.LoadAsync(db, subject, cancellationToken);
        bool all = own is not null && model is not null && SeesOthers(own, model);
        return own is null || about is null || model is null || (number is not null && version is null)
            || own.VisibilityOf(model, version?.Stage) == ModelVisibility.None || (viewer != subject && !all)
            ? null
            : await OverviewAsync(db, about, model, version, all, cancellationToken);
    }

    /// <summary>Whether someone may see who has access to a model: its owner, auditors and administrators.</summary>
    public static bool SeesOthers(Holdings holdings, Model model)
    {
        ArgumentNullException.ThrowIfNull(holdings);
        ArgumentNullException.ThrowIfNull(model);
        return holdings.Person.Roles.Contains(Role.Administrator) || holdings.Person.Roles.Contains(Role.Auditor)
            || (model.Owner == holdings.Person.Id && holdings.Person.Roles.Count > 0);
    }

    private static async Task<AccessOverview> OverviewAsync(
        GovernanceDb db, Holdings about, Model model, ModelVersion? version, bool all, CancellationToken cancellationToken)
    {
        AccessNames names = await AccessNames.LoadAsync(db, cancellationToken);
        ModelId id = model.Id;
        ModelGrant[] grants = all
            ? await db.Grants.AsNoTracking().Where(grant => grant.Model == id && grant.RevokedAt == null)
                .OrderBy(grant => grant.GrantedAt).ToArrayAsync(cancellationToken)
            : [.. about.GrantsOn(id)];
        Dictionary<UserId, Person> people = [];
        foreach (UserId user in grants.Select(grant => grant.User).OfType<UserId>().Distinct())
        {
            people[user] = (await Standing.FindPersonAsync(db, user, cancellationToken))!;
        }

        ILookup<TeamId, UserId> members = (await db.TeamMembers.AsNoTracking().Where(member => member.RemovedAt == null)
            .ToListAsync(cancellationToken)).ToLookup(member => member.Team, member => member.User);
        return new AccessOverview(
            about.Person, model, version,
            [
                .. Enum.GetValues<Right>().Select(right => new RightAnswer(
                    right, about.Decide(right, model, version?.Stage), AccessReasons.Of(about, right, model, version?.Stage, names))),
            ],
            [
                .. grants.Select(grant => new GrantLine(
                    grant, grant.Team is TeamId team ? $"Team {names.Of(team)}" : names.Of(grant.User),
                    grant.User is UserId user ? [.. people[user].Roles.Order()] : [],
                    grant.Team is TeamId of ? [.. members[of].Select(member => names.Of(member)).Order(StringComparer.OrdinalIgnoreCase)] : [],
                    names.Of(grant.GrantedBy), grant.HoldsAt(about.At), version is null || grant.HoldsIn(version.Stage))),
            ]);
    }
}

/// <summary>What a person may do on a model or version and why, and who else has access.</summary>
/// <param name="Person">About whom.</param>
/// <param name="Model">The model.</param>
/// <param name="Version">The version; null for the model as a whole.</param>
/// <param name="Rights">Every right, in the order of the table.</param>
/// <param name="Grants">All grants that nobody revoked where the viewer may see others', else the person's own.</param>
public sealed record AccessOverview(
    Person Person, Model Model, ModelVersion? Version, IReadOnlyList<RightAnswer> Rights, IReadOnlyList<GrantLine> Grants);

/// <summary>One right.</summary>
public sealed record RightAnswer(Right Right, AccessDecision Decision, IReadOnlyList<AccessReason> Reasons);

/// <summary>One grant as pages show it.</summary>
/// <param name="Grant">The grant.</param>
/// <param name="Holder">The person's name, or "Team" and its title.</param>
/// <param name="Roles">The person's roles; none for a team.</param>
/// <param name="Members">The people of the team by name; none for a person.</param>
/// <param name="GrantedBy">Who granted it.</param>
/// <param name="Holds">Whether it has not expired.</param>
/// <param name="HoldsHere">Whether it speaks of the version's stage.</param>
public sealed record GrantLine(
    ModelGrant Grant, string Holder, IReadOnlyList<Role> Roles, IReadOnlyList<string> Members, string GrantedBy, bool Holds, bool HoldsHere);
