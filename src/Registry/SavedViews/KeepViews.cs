using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SavedViews;

/// <summary>What one person keeps of views; each sees and changes their own alone.</summary>
public sealed class KeepViews(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The views of a person, by name.</summary>
    public async Task<IReadOnlyList<SavedView>> OfAsync(UserId person, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. (await db.SavedViews.AsNoTracking().Where(view => view.Person == person).ToListAsync(cancellationToken))
            .OrderBy(view => view.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Keeps a view. One of the same name, in whatever letter case, is replaced.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="address">Path and query of this portal.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>Why it is not kept; null where it is.</returns>
    public async Task<Refusal?> SaveAsync(UserId person, string? name, string address, CancellationToken cancellationToken)
    {
        try
        {
            return await SaveOnceAsync(person, name, address, cancellationToken);
        }
        catch (DbUpdateException)
        {
            return await SaveOnceAsync(person, name, address, cancellationToken); // the name came, or its view went, in another tab meanwhile
        }
    }

    /// <summary>Forgets a view of the person; one that is not theirs stays.</summary>
    public async Task RemoveAsync(UserId person, SavedViewId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.SavedViews.Where(view => view.Id == id && view.Person == person).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<Refusal?> SaveOnceAsync(UserId person, string? name, string address, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<SavedView> all = await db.SavedViews.Where(view => view.Person == person).ToListAsync(cancellationToken);
        SavedView? known = all.Find(view => string.Equals(view.Name, name?.Trim(), StringComparison.OrdinalIgnoreCase));
        if (SavedViewPolicy.RefusalFor(name, address, known is null ? all.Count : all.Count - 1) is Refusal refusal)
        {
            return refusal;
        }

        if (known is null)
        {
            db.SavedViews.Add(new SavedView { Id = SavedViewId.New(), Person = person, Name = name!.Trim(), Address = address, At = db.Now });
        }
        else
        {
            (known.Name, known.Address, known.At) = (name!.Trim(), address, db.Now);
        }

        await db.SaveChangesAsync(cancellationToken);
        return null;
    }
}
