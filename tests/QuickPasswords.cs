using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Tests;

/// <summary>Passwords hashed in few rounds: tests add hundreds of accounts and sign in as often, a quarter of a second each in the product's rounds.</summary>
/// <remarks>How many rounds the product takes is a test of its own, in Registry.Tests.</remarks>
internal static class QuickPasswords
{
    private const int Rounds = 1_000;

    /// <summary>Sets the rounds, whatever was configured before.</summary>
    public static IServiceCollection AddQuickPasswords(this IServiceCollection services) =>
        services.PostConfigure<PasswordHasherOptions>(hashing => hashing.IterationCount = Rounds);
}
