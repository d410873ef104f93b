using Governance.Portal.CommandLine;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Demo;

public sealed class DemoCommandTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("demo-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    // "olive" is a sample account too: with a password of her own, the printed one would be wrong.
    [Fact]
    public async Task Refuses_a_folder_that_holds_people_and_no_demo()
    {
        string data = Path.Combine(root, "data");
        ServiceCollection services = new();
        services.AddLogging();
        services.AddRegistry(new RegistryOptions { DataFolder = data, KeyFile = data + ".kek" });
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            await provider.GetRequiredService<MigrateDatabase>().RunAsync(CancellationToken.None);
            Assert.IsType<AddUserOutcome.Added>(await provider.GetRequiredService<AddUser>().RunAsync(
                Actor.System, new NewUser("olive", "Olive", "a password of olive", new HashSet<Role> { Role.Developer }),
                CancellationToken.None));
        }

        using StringWriter output = new();
        using StringWriter error = new();
        int code = await GovernanceCommand.RunAsync(
            ["demo", "--urls", "http://127.0.0.1:0", "--data", data], output, error, CancellationToken.None);

        Assert.Equal(2, code);
        Assert.Equal("", output.ToString());
        Assert.Contains("an installation that is no demo", error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(data, "demo-accounts.json")));
    }
}
