using System.Diagnostics;
using System.Text.Json;
using Governance.Portal.Features.ExternalSignIn;

namespace Governance.Tests;

/// <summary>npm's certified <c>oidc-provider</c> in a process of its own on a free loopback port.</summary>
public sealed class OidcServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-oidc-");
    private readonly Process process;

    private OidcServer(string algorithm)
    {
        Write(new Dictionary<string, object>());
        process = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { "provider.mjs", State, algorithm },
            WorkingDirectory = Path.Combine(Reference.Repository, "tests", "oidc"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("node did not start.");
        process.BeginErrorReadLine(); // warnings that it is meant for tests
    }

    /// <summary>The provider's name of itself.</summary>
    public string Issuer { get; private set; } = "";

    private string State => Path.Combine(folder.FullName, "state.json");

    /// <summary>Starts one.</summary>
    /// <param name="algorithm">What its id tokens are signed with: RS256 or ES256.</param>
    public static async Task<OidcServer> StartAsync(string algorithm = "RS256")
    {
        OidcServer server = new(algorithm);
        string? line;
        try
        {
            line = await server.process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            // Seen twice in thousands of starts on a busy machine: node's main thread waits for a lock for ever. The next one starts.
            await server.DisposeAsync();
            server = new OidcServer(algorithm);
            line = await server.process.StandardOutput.ReadLineAsync().WaitAsync(2 * Patience);
        }

        server.Issuer = JsonDocument.Parse(line ?? throw new InvalidOperationException("The provider did not start.")).RootElement.GetProperty("issuer").GetString()!;
        return server;
    }

    /// <summary>Says who signs in, in which groups, from the next sign-in on.</summary>
    public void Write(IReadOnlyDictionary<string, object> people, string? tamper = null) =>
        File.WriteAllText(State, JsonSerializer.Serialize(new { people, tamper }));

    /// <summary>One person with groups.</summary>
    public void Write(string person, string[] groups, string? tamper = null, bool verified = true) => Write(
        new Dictionary<string, object>
        {
            [person] = new { name = $"{char.ToUpperInvariant(person[0])}{person[1..]} Extern", groups, email = $"{person}@example.test", email_verified = verified },
        },
        tamper);

    /// <summary>The settings of a portal that trusts it: the groups makers, judges and admins.</summary>
    public async Task<OidcSettings> SettingsAsync(string changes = "\"provision\": true", string? authority = null)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "secret"), "a secret of the tests alone\n");
        string file = Path.Combine(folder.FullName, "oidc.json");
        await File.WriteAllTextAsync(file, $$"""
            {
              "name": "Example ID", "authority": "{{authority ?? Issuer}}", "clientId": "governance", "clientSecretFile": "secret",
              "scopes": ["profile", "email", "groups"],
              "roles": { "makers": ["developer"], "judges": ["reviewer", "auditor"], "admins": ["administrator"] },
              {{changes}}
            }
            """);
        return await OidcSettings.ReadAsync(file, default);
    }

    /// <summary>Ends it, as if it were down.</summary>
    public async Task StopAsync()
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            try
            {
                await process.WaitForExitAsync().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                process.Kill(); // it does not answer: see StartAsync
                await process.WaitForExitAsync();
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }
}
