using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Accounts;

/// <summary>Draws recovery codes and recognises them. They are shown once and kept only as hashes.</summary>
internal static class RecoveryCodes
{
    /// <summary>How many a person gets.</summary>
    public const int Count = 10;

    // 16 of 31 signs: 79 bits. None that can be taken for another.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Length = 16;

    /// <summary>Replaces a person's codes; the caller saves.</summary>
    public static async Task<IReadOnlyList<string>> DrawAsync(GovernanceDb db, UserId user, CancellationToken cancellationToken)
    {
        await db.RecoveryCodes.Where(row => row.User == user).ExecuteDeleteAsync(cancellationToken);
        string[] codes = [.. Enumerable.Range(0, Count).Select(_ => RandomNumberGenerator.GetString(Letters, Length))];
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode(Guid.CreateVersion7(), user, HashOf(code))));
        return [.. codes.Select(code => string.Join('-', code.Chunk(4).Select(part => new string(part))))];
    }

    /// <summary>The hash by which a code is found: case, spaces and hyphens do not count.</summary>
    public static string HashOf(string typed) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        new string([.. typed.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]))));
}
