using System.Diagnostics;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests;

/// <summary>The real program, <c>governance serve</c>, in a process that a test may kill, with every folder it may write to its own.</summary>
internal sealed class ServedPortal : IAsyncDisposable
{
    /// <summary>The password of every account here.</summary>
    public const string Password = "correct horse battery";

    private readonly List<string> said = [];
    private Process? process;

    private ServedPortal(string folder) => Folder = folder;

    /// <summary>Below it lie data, temporary folder, configuration, log and working folder.</summary>
    public string Folder { get; }

    /// <summary>The data folder.</summary>
    public string Data => Path.Combine(Folder, "data");

    /// <summary>The folder that the process has for temporary files.</summary>
    public string Temporary => Path.Combine(Folder, "tmp");

    /// <summary>Where it listens since its last start.</summary>
    public Uri Address { get; private set; } = default!;

    /// <summary>The id of its process.</summary>
    public int ProcessId => process!.Id;

    /// <summary>Makes the data with the developer dev and their model; nothing is started.</summary>
    public static async Task<ServedPortal> MakeAsync(string model)
    {
        ServedPortal portal = new(Directory.CreateTempSubdirectory("governance-served-").FullName);
        foreach (string name in (string[])["tmp", "config", "work"])
        {
            Directory.CreateDirectory(Path.Combine(portal.Folder, name));
        }

        await using ServiceProvider registry = portal.OpenRegistry();
        await MigratedDatabase.PlaceAsync(registry.GetRequiredService<RegistryOptions>());
        await registry.GetRequiredService<MigrateDatabase>().RunAsync(default);
        AddUserOutcome added = await registry.GetRequiredService<AddUser>().RunAsync(
            Actor.System, new NewUser("dev", "D. Dev", Password, new HashSet<Role> { Role.Developer }), default);
        await registry.GetRequiredService<RegisterModel>().RunAsync(
            Actor.Person(Assert.IsType<AddUserOutcome.Added>(added).Person.Id), new NewModel(model, model, "Is killed now and then.", RiskTier.Low), default);
        return portal;
    }

    /// <summary>The same data, opened in this process beside the running one.</summary>
    public ServiceProvider OpenRegistry() => new ServiceCollection().AddRegistry(new RegistryOptions { DataFolder = Data }).BuildServiceProvider();

    /// <summary>Starts the program and waits until it listens.</summary>
    public async Task StartAsync()
    {
        // With core files allowed as far as they go: it is the program that must forbid them.
        ProcessStartInfo start = new("/bin/sh")
        {
            ArgumentList =
            {
                "-c", "ulimit -c \"$(ulimit -H -c)\"; exec dotnet \"$@\"", "sh", Path.Combine(AppContext.BaseDirectory, "governance.dll"),
                "serve", "--urls", "http://127.0.0.1:0", "--data", Data, "--second-factor", "optional",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Folder, "work"),
        };
        start.Environment["TMPDIR"] = Temporary;
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(Folder, "config");
        start.Environment[KeyRing.Variable] = Environment.GetEnvironmentVariable(KeyRing.Variable);
        process = Process.Start(start) ?? throw new InvalidOperationException("The portal did not start.");
        TaskCompletionSource<string> ready = new();
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.OutputDataReceived += (_, line) =>
        {
            Note(line.Data);
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException($"The portal ended before it listened:\n{Log}"));
            }
            else if (line.Data.StartsWith("Governance serves ", StringComparison.Ordinal))
            {
                ready.TrySetResult(line.Data);
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        Address = new Uri((await ready.Task.WaitAsync(TimeSpan.FromMinutes(3))).Split(' ')[2].TrimEnd('.', ',')); // other tests run beside it
    }

    /// <summary>Everything that the program wrote.</summary>
    public string Log
    {
        get
        {
            lock (said)
            {
                return string.Join('\n', said);
            }
        }
    }

    /// <summary>A browser without script in which the developer is signed in.</summary>
    public async Task<SignedInClient> SignInAsync()
    {
        SignedInClient client = new(Address);
        await client.SubmitAsync("/accounts/sign-in", "#password", ("Form.Name", "dev"), ("Form.Password", Password));
        return client;
    }

    /// <summary>Ends the process at once, as SIGKILL does.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await KillAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private void Note(string? line)
    {
        lock (said)
        {
            said.Add(line ?? "");
        }
    }
}
