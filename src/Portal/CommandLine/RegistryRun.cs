using System.CommandLine;
using Governance.Audit;
using Governance.Audit.Data;
using Governance.Portal.Features.Models;
using Governance.Portal.Scheduling;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Portal.CommandLine;

/// <summary>
/// The registry in a data folder, opened by a command in the name of a person. Whoever can reach folder and key can do
/// this; what the person may do is judged as on the pages.
/// </summary>
internal sealed class RegistryRun : IAsyncDisposable
{
    /// <summary>Who does it.</summary>
    public static readonly Option<string> As = new("--as")
    {
        Description = "The user name in whose name it is done, with that person's rights.",
        HelpName = "USER",
        Required = true,
    };

    private readonly ServiceProvider services;

    private RegistryRun(ServiceProvider services, Actor actor)
    {
        this.services = services;
        Actor = actor;
    }

    /// <summary>The person of <see cref="As"/>.</summary>
    public Actor Actor { get; }

    /// <summary>Opens the registry that a command line names.</summary>
    /// <exception cref="InputException">There is none, it has another schema, or there is no such person.</exception>
    public static Task<RegistryRun> OpenAsync(CommandContext context, CancellationToken cancellationToken) =>
        OpenAsync(context, context.Arguments.GetValue(As)!, cancellationToken);

    /// <summary>Opens the registry that a command line names, for a person that it names in another way than by <see cref="As"/>.</summary>
    /// <exception cref="InputException">There is none, it has another schema, or there is no such person.</exception>
    public static async Task<RegistryRun> OpenAsync(CommandContext context, string name, CancellationToken cancellationToken)
    {
        RegistryOptions options = DataOptions.Read(context.Arguments);
        if (options.DatabaseFile is string file && !File.Exists(file))
        {
            throw new InputException($"There is no database at '{file}'. Name its folder with --data.");
        }

        ServiceProvider services = new ServiceCollection().AddLogging().AddRegistry(options).AddAudit(QuarantineCommand.Options).AddSchedules().BuildServiceProvider();
        try
        {
            if (!await services.GetRequiredService<MigrateDatabase>().IsCurrentAsync(cancellationToken))
            {
                throw new InputException("The database has another schema than this program. Run 'governance migrate' first.");
            }

            Person person = await services.GetRequiredService<PeopleQueries>().FindByUserNameAsync(name, cancellationToken)
                ?? throw new InputException($"There is no account '{name}'.");
            return new RegistryRun(services, Actor.Person(person.Id, "command-line"));
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>A use case.</summary>
    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Runs a use case; a full or locked disk is one sentence.</summary>
    /// <exception cref="InputException">The disk is full, or may not be written, or the keys are not those of the artefacts.</exception>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (StorageFault.SentenceOf(fault) is string sentence)
        {
            throw new InputException(sentence, fault);
        }
        catch (ArtifactKeyException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => services.DisposeAsync();
}
