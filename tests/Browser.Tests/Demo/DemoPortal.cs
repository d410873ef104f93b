using System.Diagnostics;
using System.Text.Json;

namespace Governance.Browser.Tests.Demo;

/// <summary>The program as a user starts it: <c>governance demo</c> in a process of its own, on a free port.</summary>
public sealed class DemoPortal : IAsyncLifetime
{
    // The demo promises to serve within two minutes on two cores; other tests may run beside it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process process = new()
    {
        StartInfo = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "governance"))
        {
            ArgumentList = { "demo", "--urls", "http://127.0.0.1:0" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        },
    };

    private readonly Dictionary<string, string> passwords = [];
    private readonly List<string> messages = [];

    /// <summary>Where it listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The password of a sample account.</summary>
    public string PasswordOf(string user) => passwords[user];

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        process.ErrorDataReceived += (_, line) => messages.Add(line.Data ?? "");
        process.Start();
        process.BeginErrorReadLine();
        using CancellationTokenSource patience = new(Patience);
        string? ready = await process.StandardOutput.ReadLineAsync(patience.Token);
        if (ready is null)
        {
            throw new InvalidOperationException("The demo ended before it was ready:\n" + string.Join('\n', messages));
        }

        using JsonDocument line = JsonDocument.Parse(ready);
        Address = line.RootElement.GetProperty("url").GetString()!.TrimEnd('/');
        foreach (JsonElement account in line.RootElement.GetProperty("accounts").EnumerateArray())
        {
            passwords[account.GetProperty("user").GetString()!] = account.GetProperty("password").GetString()!;
        }
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
