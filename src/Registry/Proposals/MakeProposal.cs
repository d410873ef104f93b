using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Proposals;

/// <summary>Proposes what is named as people name it: the file of a version, or a person to be an administrator.</summary>
public sealed class MakeProposal(Propose propose, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Proposes that the file of a version be released to the actor.</summary>
    /// <param name="actor">An approver of the model.</param>
    /// <param name="modelName">The model's name.</param>
    /// <param name="number">The version's number.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public async Task<ProposalOutcome> ReleaseAsync(
        Actor actor, string modelName, int number, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Model? model = await db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == modelName, cancellationToken);
        ModelId? id = model?.Id;
        ModelVersion? version = await db.Versions.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Model == id && row.Number == number, cancellationToken);
        return model is null || version is null
            ? new ProposalOutcome.Refused(new Refusal("not-found", "There is no such version, or not for you."))
            : await propose.RunAsync(actor, ReleaseProposal.Name, ReleaseProposal.Of(model, version), reason, cancellationToken);
    }

    /// <summary>Proposes that a person become an administrator.</summary>
    /// <param name="actor">An administrator.</param>
    /// <param name="person">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public async Task<ProposalOutcome> AdministratorAsync(
        Actor actor, UserId person, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        GovernanceUser? account = await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.Id == person.Value, cancellationToken);
        return account is null
            ? new ProposalOutcome.Refused(new Refusal("unknown", "There is no such account."))
            : await propose.RunAsync(actor, AdministratorProposal.Name, AdministratorProposal.Of(person, account.UserName ?? ""), reason, cancellationToken);
    }
}
