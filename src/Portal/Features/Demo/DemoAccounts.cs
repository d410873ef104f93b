using System.Security.Cryptography;
using System.Text.Json;

namespace Governance.Portal.Features.Demo;

/// <summary>The sample accounts with their passwords, drawn once for each demo.</summary>
internal sealed record DemoAccounts(IReadOnlyList<DemoAccount> Accounts)
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789"; // none that can be taken for another

    /// <summary>Reads the accounts that an earlier start wrote, or draws passwords and writes them for this user's eyes only.</summary>
    public static async Task<DemoAccounts> LoadAsync(string file, DemoPlan plan, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            return JsonSerializer.Deserialize<DemoAccounts>(await File.ReadAllBytesAsync(file, cancellationToken))!;
        }

        DemoAccounts drawn = new([.. plan.People.Select(person => new DemoAccount(
            person.User, RandomNumberGenerator.GetString(Letters, 16), string.Join(", ", person.Roles)))]);
        string part = file + ".part";
        FileStreamOptions create = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (FileStream stream = new(part, create))
        {
            await JsonSerializer.SerializeAsync(stream, drawn, cancellationToken: cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, file);
        return drawn;
    }

    /// <summary>The password of a user name.</summary>
    public string PasswordOf(string user) => Accounts.Single(account => account.User == user).Password;
}

/// <summary>One sample account as the ready line prints it.</summary>
internal sealed record DemoAccount(string User, string Password, string Role);
