using Governance.Registry.Access;
using Governance.Registry.Accounts;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Identity;

namespace Governance.Portal.Features.Accounts;

/// <summary>Takes a passkey into use, recognises one, and takes it out of use.</summary>
internal sealed partial class UsePasskey(
    UserManager<GovernanceUser> users, SignInManager<GovernanceUser> signIn, NoteCredential note, ILogger<UsePasskey> log)
{
    /// <summary>What the browser needs to make a passkey for a person.</summary>
    public async Task<string> MakeOptionsAsync(UserId person)
    {
        GovernanceUser user = await FindAsync(person);
        return await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
        {
            Id = user.Id.ToString(), Name = user.UserName!, DisplayName = user.DisplayName,
        });
    }

    /// <summary>What the browser needs to find a passkey: for nobody in particular, the browser asks which.</summary>
    public Task<string> AskOptionsAsync() => signIn.MakePasskeyRequestOptionsAsync(null);

    /// <summary>Takes what the browser made into use.</summary>
    /// <returns>Why not; null where it was done.</returns>
    public async Task<string?> AddAsync(UserId person, SessionId session, string credential, string name, CancellationToken cancellationToken)
    {
        PasskeyAttestationResult result = await signIn.PerformPasskeyAttestationAsync(credential);
        if (!result.Succeeded)
        {
            LogRefused(log, result.Failure.Message);
            return "The browser's answer does not fit what was asked. Try again.";
        }

        if (result.UserEntity.Id != person.ToString())
        {
            return "This passkey was begun for another account. Try again.";
        }

        result.Passkey.Name = name.Trim().Length is 0 ? "Passkey" : name.Trim()[..Math.Min(name.Trim().Length, PasskeyRules.MaxNameLength)];
        GovernanceUser user = await FindAsync(person);
        IdentityResult added = await users.AddOrUpdatePasskeyAsync(user, result.Passkey);
        if (!added.Succeeded)
        {
            return "The account was changed at the same moment. Try again.";
        }

        await note.RunAsync(person, session, "user.passkey-added", cancellationToken);
        return null;
    }

    /// <summary>Whose passkey the browser showed; null where it is none of this portal's, or its account is deactivated.</summary>
    public async Task<GovernanceUser?> RecogniseAsync(string credential)
    {
        PasskeyAssertionResult<GovernanceUser> result = await signIn.PerformPasskeyAssertionAsync(credential);
        if (!result.Succeeded || result.User.Deactivated)
        {
            LogRefused(log, result.Failure?.Message ?? "deactivated");
            return null;
        }

        // Keeps the counter of uses, by which a copied authenticator is found.
        IdentityResult kept = await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return kept.Succeeded ? result.User : null;
    }

    /// <summary>A person's passkeys, the oldest first.</summary>
    public async Task<IReadOnlyList<UserPasskeyInfo>> ListAsync(UserId person) =>
        [.. (await users.GetPasskeysAsync(await FindAsync(person))).OrderBy(passkey => passkey.CreatedAt)];

    /// <summary>Takes one out of use.</summary>
    public async Task RemoveAsync(UserId person, SessionId session, byte[] credential, CancellationToken cancellationToken)
    {
        await users.RemovePasskeyAsync(await FindAsync(person), credential);
        await note.RunAsync(person, session, "user.passkey-removed", cancellationToken);
    }

    private async Task<GovernanceUser> FindAsync(UserId person) =>
        await users.FindByIdAsync(person.ToString()) ?? throw new InvalidOperationException("The session's account does not exist.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a passkey: {Why}")]
    private static partial void LogRefused(ILogger log, string why);
}
