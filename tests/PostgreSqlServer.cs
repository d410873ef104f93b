using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Governance.Tests;

/// <summary>Debian's PostgreSQL 15 on a free loopback port, with a data folder of its own; nothing of it outlives this process.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";

    // The script reads from a pipe of ours: it closes when this process stops the server, ends, or is killed, and then
    // server and folder go. Linguistic order of text (ICU) on purpose, so that nothing comes to rely on the order of bytes.
    private const string Script = """
        trap 'exit 1' HUP INT TERM
        folder=$(mktemp -d "${TMPDIR:-/tmp}/governance-postgresql-XXXXXX") && cd "$folder" || exit 1
        trap 'kill -QUIT $server 2>/dev/null; wait; rm -rf "$folder"' EXIT
        bin=$1; port=$2; shift 2
        "$bin/initdb" -D data -U postgres -E UTF8 --locale=C --locale-provider=icu --icu-locale=en \
          --auth=trust --no-sync --no-instructions >log 2>&1 || { cat log >&2; exit 1; }
        "$bin/postgres" -D data -p "$port" "$@" >log 2>&1 </dev/null & server=$!
        echo "$server"
        read -r _
        """;

    private static readonly Lazy<Task<PostgreSqlServer>> Shared = new(() => StartAsync());

    private readonly Process guard;
    private readonly int port;

    private PostgreSqlServer(Process guard, int port, int processId)
    {
        this.guard = guard;
        this.port = port;
        ProcessId = processId;
    }

    /// <summary>Why there can be no server here; null where there can.</summary>
    public static string? Missing { get; } =
        !File.Exists(Path.Combine(Binaries, "postgres")) ? "PostgreSQL 15 is not installed: ./test installs it."
        : Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "There is no user postgres, and root may not run the server."
            : null;

    /// <summary>The server's own process.</summary>
    public int ProcessId { get; }

    /// <summary>The one server that tests of this process share; started by the first of them.</summary>
    public static Task<PostgreSqlServer> SharedAsync() => Shared.Value;

    /// <summary>Starts one.</summary>
    /// <param name="durable">Whether what is acknowledged is on the disk, as in production; tests are quicker without.</param>
    public static async Task<PostgreSqlServer> StartAsync(bool durable = false)
    {
        Skip.If(Missing is not null, Missing);
        for (int attempt = 0; ; attempt++)
        {
            int port = FreePort();
            Process guard = Guard(port, durable);
            PostgreSqlServer? server = null;
            if (int.TryParse(await guard.StandardOutput.ReadLineAsync(), out int processId))
            {
                server = new(guard, port, processId);
                AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Stop();
                if (await server.AnswersAsync())
                {
                    return server;
                }
            }

            if (attempt == 3)
            {
                throw new InvalidOperationException("PostgreSQL did not start: " + await guard.StandardError.ReadToEndAsync());
            }

            server?.Stop(); // another process may have taken the port
        }
    }

    /// <summary>How a user reaches a database of this server.</summary>
    public string ConnectionTo(string database, string user = "postgres") =>
        $"Host=127.0.0.1;Port={port};Database={database};Username={user};Timeout=30;Maximum Pool Size=40";

    /// <summary>Makes a database of a new name.</summary>
    /// <param name="template">The one it is a copy of, to which nobody is connected; null for an empty one.</param>
    public async Task<string> CreateAsync(string? template = null)
    {
        string name = $"t{Guid.CreateVersion7():n}";
        await RunAsync($"CREATE DATABASE {name} TEMPLATE {template ?? "template0"} STRATEGY FILE_COPY");
        return name;
    }

    /// <summary>Removes a database and whoever is connected to it.</summary>
    public async Task DropAsync(string database)
    {
        using (NpgsqlConnection any = new(ConnectionTo(database)))
        {
            NpgsqlConnection.ClearPool(any);
        }

        await RunAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
    }

    /// <summary>Runs a statement as the server's owner.</summary>
    public async Task RunAsync(string sql, string database = "postgres")
    {
        await using NpgsqlConnection connection = new(ConnectionTo(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private static Process Guard(int port, bool durable)
    {
        string[] quick = durable ? [] : ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];
        string[] become = Environment.IsPrivilegedProcess ? ["--reuid=postgres", "--regid=postgres", "--init-groups"] : [];
        ProcessStartInfo start = new(
            "setpriv",
            [
                .. become, "sh", "-c", Script, "sh", Binaries, $"{port}", .. quick,
                "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=300",
                "-c", "shared_buffers=64MB", "-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "autovacuum=off", "-c", "jit=off",
            ])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        return Process.Start(start) ?? throw new InvalidOperationException("setpriv did not start.");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync()
    {
        for (int beat = 0; beat < 600 && Directory.Exists($"/proc/{ProcessId}"); beat++)
        {
            try
            {
                await RunAsync("SELECT 1");
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50); // not up yet
            }
        }

        return false;
    }

    private void Stop()
    {
        if (!guard.HasExited)
        {
            guard.StandardInput.Close();
            guard.WaitForExit();
        }
    }
}
