using System.Diagnostics;
using System.Text.Json;

namespace Governance.Browser.Tests.Demo;

/// <summary>The real program, started as <c>governance demo</c> on a free loopback port; ended by its process id.</summary>
public sealed class DemoPortal : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6); // two minutes are asked for, on a quiet machine

    private readonly List<string> lines = [];
    private Process? process;
    private Dictionary<string, string> passwords = [];

    /// <summary>The portal's address.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The data folder of this demo.</summary>
    public string Data { get; } = Path.Combine(Directory.CreateTempSubdirectory("governance-browser-").FullName, "data");

    /// <summary>The program that the solution built.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "governance.dll");

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Program, "demo", "--urls", "http://127.0.0.1:0", "--data", Data },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("The demo did not start.");
        process.ErrorDataReceived += (_, line) =>
        {
            lock (lines)
            {
                lines.Add(line.Data ?? "");
            }
        };
        process.BeginErrorReadLine();

        using CancellationTokenSource limit = new(Patience);
        string ready = await process.StandardOutput.ReadLineAsync(limit.Token)
            ?? throw new InvalidOperationException($"The demo ended before it was ready:\n{Said}");
        using JsonDocument line = JsonDocument.Parse(ready);
        Assert.True(line.RootElement.GetProperty("ready").GetBoolean());
        Address = line.RootElement.GetProperty("url").GetString()!;
        passwords = line.RootElement.GetProperty("accounts").EnumerateArray()
            .ToDictionary(account => account.GetProperty("user").GetString()!, account => account.GetProperty("password").GetString()!);
    }

    /// <summary>What the program wrote to standard error.</summary>
    public string Said
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    /// <summary>The password of a sample account.</summary>
    public string PasswordOf(string user) => passwords[user];

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (process is not null)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(Path.GetDirectoryName(Data)!, recursive: true);
    }
}
