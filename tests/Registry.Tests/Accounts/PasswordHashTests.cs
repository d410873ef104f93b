using System.Buffers.Binary;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Cryptography.KeyDerivation;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Accounts;

/// <summary>How a password is kept. Other tests hash in fewer rounds; here nothing is changed.</summary>
public sealed class PasswordHashTests
{
    // The format of ASP.NET Core Identity: a byte 1, then hash function, rounds and length of the salt, four bytes each, the greatest first.
    [Fact]
    public async Task Is_hashed_in_the_rounds_that_OWASP_asks_for()
    {
        await using Given given = await Given.RegistryAsync();
        await using GovernanceDb db = given.Db();
        byte[] hash = Convert.FromBase64String((await db.Users.SingleAsync(user => user.UserName == "dev")).PasswordHash!);

        Assert.Equal(1, hash[0]);
        Assert.Equal((uint)KeyDerivationPrf.HMACSHA512, BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)));
        Assert.Equal(210_000u, BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)));
    }
}
