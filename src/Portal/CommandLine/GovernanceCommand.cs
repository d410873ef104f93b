using System.CommandLine;
using Governance.Audit.Data;
using Governance.Registry.Storage;

namespace Governance.Portal.CommandLine;

/// <summary>The command line <c>governance</c>: the list of its commands, and the exit codes of all of them.</summary>
/// <remarks>0 done, 1 a gate failed or a proof does not hold, 2 usage or bad input, 3 internal error.</remarks>
internal static class GovernanceCommand
{
    // Made once: an option remembers every command that it was ever added to, and walks through them at the next.
    private static readonly Lazy<RootCommand> Root = new(MakeRoot);

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        ParseResult parsed = Root.Value.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync(UsageFault.Sentence(parsed));
            return 2;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false },
            cancellationToken);
    }

    /// <summary>Makes a command with the common flags, whose refusals become exit code 2.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">One sentence for the help.</param>
    /// <param name="run">Returns 0 or 1; throws <see cref="InputException"/> for bad input.</param>
    /// <param name="symbols">Its own arguments and options.</param>
    public static Command Create(
        string name, string description, Func<CommandContext, CancellationToken, Task<int>> run, params Symbol[] symbols)
    {
        Command command = new(name, description);
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)symbol);
            }
        }

        CommonOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) => GuardAsync(parsed, run, cancellationToken));
        return command;
    }

    private static RootCommand MakeRoot()
    {
        RootCommand root = new("Governance: audit, explain, sign off and watch ONNX models.");
        foreach (Command command in Commands.All())
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    private static async Task<int> GuardAsync(
        ParseResult parsed, Func<CommandContext, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        TextWriter error = parsed.InvocationConfiguration.Error;
        double? limit = parsed.GetValue(CommonOptions.LimitSeconds);
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            if (limit is <= 0 or > 1e6)
            {
                throw new InputException("--limit-seconds takes a number above 0 and up to 1,000,000.");
            }

            if (limit is double seconds)
            {
                limited.CancelAfter(TimeSpan.FromSeconds(seconds));
            }

            CommandContext context = new(parsed);
            int code = await run(context, limited.Token);
            context.TellWarnings();
            return code;
        }
        catch (InputException refusal)
        {
            await error.WriteLineAsync(refusal.Message);
            return 2;
        }
        catch (OperationCanceledException) when (limited.IsCancellationRequested)
        {
            await error.WriteLineAsync(cancellationToken.IsCancellationRequested
                ? "Stopped."
                : $"Stopped: the run passed its limit of {limit} seconds.");
            return 2;
        }
        catch (Exception fault) when ((StorageFault.SentenceOf(fault) ?? DatabaseFault.SentenceOf(fault)) is string sentence)
        {
            await error.WriteLineAsync(sentence);
            return 2;
        }
        catch (Exception fault) // the one place: nothing above it but the process
        {
            await error.WriteLineAsync($"Internal error ({fault.GetType().Name}): {fault.Message}");
            if (Environment.GetEnvironmentVariable("GOVERNANCE_TRACE") == "1")
            {
                await error.WriteLineAsync(fault.ToString());
            }

            return 3;
        }
    }
}
