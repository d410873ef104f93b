using System.CommandLine;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry;
using Governance.Registry.Artifacts;
using Governance.Registry.Checkpoints;
using Governance.Registry.Storage;

namespace Governance.Portal.Features.Storage;

/// <summary>The registry in a data folder, opened by a command that keeps it: in the name of the system, not of a person.</summary>
internal static class SystemRun
{
    /// <summary>Opens the registry that a command line names.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <param name="checkpoints">Where copies of checkpoints are kept; null for the default.</param>
    /// <exception cref="InputException">There is none, or it has another schema.</exception>
    public static async Task<ServiceProvider> OpenAsync(
        ParseResult arguments, CancellationToken cancellationToken, CheckpointOptions? checkpoints = null)
    {
        RegistryOptions options = DataOptions.Read(arguments);
        options = checkpoints is null ? options : options with { Checkpoints = checkpoints };
        if (options.DatabaseFile is string file && !File.Exists(file))
        {
            throw new InputException($"There is no database at '{file}'. Name its folder with --data.");
        }

        ServiceProvider services = new ServiceCollection().AddRegistry(options).BuildServiceProvider();
        try
        {
            return await services.GetRequiredService<MigrateDatabase>().IsCurrentAsync(cancellationToken)
                ? services
                : throw new InputException("The database has another schema than this program. Run 'governance migrate' first.");
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a use case; a missing key, a damaged artefact or a full disk is one sentence.</summary>
    /// <exception cref="InputException">One of these.</exception>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (fault is ArtifactKeyException or ArtifactDamagedException)
        {
            throw new InputException(fault.Message, fault);
        }
        catch (Exception fault) when (StorageFault.SentenceOf(fault) is string sentence)
        {
            throw new InputException(sentence, fault);
        }
    }
}
