using Governance.Registry.Access;
using Governance.Registry.Accounts;
using Governance.Registry.Alerts;
using Governance.Registry.Ledger;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Artifacts;

/// <summary>A key and what hangs on it.</summary>
/// <param name="Name">16 hexadecimal digits, as headers bear it; tells nothing of the key.</param>
/// <param name="Active">Whether it wraps what is stored from now on.</param>
/// <param name="Held">Whether the key is among those given; false for one that files name and nobody has.</param>
/// <param name="Artifacts">How many files of the store it opens.</param>
public sealed record KeyUse(string Name, bool Active, bool Held, int Artifacts);

/// <summary>What a rotation did.</summary>
/// <param name="Active">The key that wraps now.</param>
/// <param name="Resumed">Whether an earlier rotation was finished and no key made.</param>
/// <param name="Rewrapped">How many files were wrapped anew.</param>
/// <param name="Keys">Every key after it.</param>
public sealed record KeyRotation(string Active, bool Resumed, int Rewrapped, IReadOnlyList<KeyUse> Keys);

/// <summary>Makes a new key-encryption key and wraps the key of every artefact with it; no artefact is encrypted anew.</summary>
/// <remarks>
/// Order: the new key at the head of the key file, its ledger entry, then the headers one after another
/// (<see cref="ArtifactHeaderRewrap"/>), then the entry that it is done. Whoever is killed in between runs it again and it goes
/// on. The old keys stay in the file: files stored by a server that had not yet seen the new key, unfinished uploads and
/// backups need them.
/// </remarks>
public sealed class RotateKeys(AppendGate gate, ArtifactStore store, RegistryOptions options, IDbContextFactory<GovernanceDb> contexts)
{
    private const string Added = "key.added";

    /// <summary>The keys and how many artefacts each opens; the active one first.</summary>
    /// <exception cref="ArtifactKeyException">The keys cannot be used.</exception>
    public IReadOnlyList<KeyUse> List()
    {
        IReadOnlyList<string> held = store.Keys.Names;
        Dictionary<string, int> uses = store.Files().Where(file => file.Digest is not null)
            .Select(file => ArtifactHeaderRewrap.KeyNameOf(file.Path)).OfType<string>().CountBy(name => name).ToDictionary();
        return
        [
            .. held.Select((name, i) => new KeyUse(name, i == 0, true, uses.GetValueOrDefault(name))),
            .. uses.Where(use => !held.Contains(use.Key)).OrderBy(use => use.Key, StringComparer.Ordinal)
                .Select(use => new KeyUse(use.Key, false, false, use.Value)),
        ];
    }

    /// <summary>Rotates; or finishes a rotation that was ended.</summary>
    /// <param name="progress">Told how many files of how many were looked at; null for nobody.</param>
    /// <param name="cancellationToken">Ends it between two files; run it again to go on.</param>
    /// <exception cref="ArtifactKeyException">The keys cannot be used, or come from the environment and there is nothing to wrap anew.</exception>
    /// <exception cref="ArtifactDamagedException">A file's header is not its own; the files before it are wrapped anew.</exception>
    public async Task<KeyRotation> RunAsync(Action<int, int>? progress, CancellationToken cancellationToken)
    {
        using IDisposable alone = Alone();
        bool resumed = List().Any(key => !key.Active && key.Artifacts > 0);
        if (!resumed)
        {
            AddKey();
        }

        string active = store.Keys.Names[0];
        await TellAsync(active, Added, cancellationToken);
        int rewrapped = await RewrapAsync(progress, cancellationToken);
        await AnswerSecret.RewrapAsync(contexts, store.Keys, cancellationToken);
        await SecondFactorKeys.RewrapAsync(contexts, store.Keys, cancellationToken);
        await WebhookSecret.RewrapAsync(contexts, store.Keys, cancellationToken);
        foreach (KeyUse old in List().Where(key => !key.Active && key.Artifacts == 0))
        {
            await TellAsync(old.Name, "key.retired", cancellationToken);
        }

        return new KeyRotation(active, resumed, rewrapped, List());
    }

    /// <summary>Takes a retired key out of the key file.</summary>
    /// <param name="name">16 hexadecimal digits.</param>
    /// <param name="cancellationToken">Ends it before the file is written.</param>
    /// <returns>Why it was not done; null where it was.</returns>
    /// <exception cref="ArtifactKeyException">The keys cannot be used.</exception>
    public async Task<Refusal?> DropAsync(string name, CancellationToken cancellationToken)
    {
        using IDisposable alone = Alone();
        KeyUse? key = List().FirstOrDefault(use => use.Held && use.Name == name);
        Refusal? refusal = key is null ? new Refusal("unknown-key", $"There is no key {name} among those given.")
            : key.Active ? new Refusal("active-key", "This key wraps what is stored now. Rotate first.")
            : key.Artifacts > 0 ? new Refusal("key-in-use", $"{key.Artifacts} artefacts still need this key. Run 'governance keys rotate' first.")
            : await AnswerSecret.IsWrappedByAsync(contexts, name, cancellationToken)
                ? new Refusal("key-in-use", "The secret of answers still needs this key. Run 'governance keys rotate' first.")
            : await SecondFactorKeys.CountAsync(contexts, name, cancellationToken) is int factors and > 0
            ? new Refusal("key-in-use", $"{factors} authenticator keys still need this key. Run 'governance keys rotate' first.")
            : await WebhookSecret.CountAsync(contexts, name, cancellationToken) is int secrets and > 0
            ? new Refusal("key-in-use", $"{secrets} secrets of webhooks still need this key. Run 'governance keys rotate' first.")
            : options.EffectiveKeyFile is null ? new Refusal("keys-in-variable", $"The keys come from {KeyRing.Variable}: take it out there.")
            : null;
        if (refusal is null)
        {
            KeyRing.Replace(options.EffectiveKeyFile!, store.Keys.ToText([name]));
            await TellAsync(name, "key.dropped", cancellationToken);
        }

        return refusal;
    }

    // Passes until nothing is left: a server that had not seen the new key may have stored something meanwhile.
    private async Task<int> RewrapAsync(Action<int, int>? progress, CancellationToken cancellationToken)
    {
        int rewrapped = 0;
        for (int before = -1; before != rewrapped;)
        {
            before = rewrapped;
            StoreFile[] files = [.. store.Files().Where(file => file.Digest is not null)];
            for (int i = 0; i < files.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rewrapped += store.Rewraps.Run(files[i].Path, files[i].Digest!.Value, store.Keys) ? 1 : 0;
                progress?.Invoke(i + 1, files.Length);
                if (i % 64 == 63)
                {
                    await Task.Yield(); // a batch; the caller's thread is not held for all of them
                }
            }
        }

        return rewrapped;
    }

    private void AddKey()
    {
        string path = options.EffectiveKeyFile ?? throw new ArtifactKeyException(
            $"The keys come from {KeyRing.Variable}. Put a new key before the old ones there ('governance keys new' prints one), then run this again.");
        KeyRing.Replace(path, $"{KeyRing.NewKey()}\n{store.Keys.ToText([])}");
    }

    private FileStream Alone()
    {
        DurableFolder.Make(options.DataFolder);
        return StoreLock.TryAlone(Path.Combine(Path.GetFullPath(options.DataFolder), "keys" + StoreLock.Extension))
            ?? throw new ArtifactKeyException("Another rotation is under way. Wait for it.");
    }

    // Once for each key and action: whoever goes on after a kill must not tell it twice.
    private async Task TellAsync(string key, string action, CancellationToken cancellationToken)
    {
        LedgerSubject subject = new(LedgerSubject.Key, key);
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await db.Ledger.AnyAsync(
                entry => entry.SubjectKind == LedgerSubject.Key && entry.SubjectId == key && entry.Action == action, cancellationToken))
            {
                return;
            }
        }

        await gate.RunAsync(Actor.System, change =>
        {
            change.Write(subject, action, scope: null, before: null, after: null);
            return Task.FromResult(0);
        }, cancellationToken);
    }
}
