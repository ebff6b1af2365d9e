"""elo completion: what makes a shell complete verbs, options, ids, fields and values."""

from typing import Annotated, Final, Literal

import typer

from elo_cli.commands.complete import COMMAND
from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import LangOption
from elo_cli.model.errors import N_, Exit

EXAMPLES = (
    ('eval "$(elo completion bash)"', N_("in ~/.bashrc")),
    ('eval "$(elo completion zsh)"', N_("in ~/.zshrc, after compinit")),
    ("elo completion fish | source", N_("in ~/.config/fish/config.fish")),
    ("elo completion powershell | Out-String | Invoke-Expression", N_("in the file that $PROFILE names")),
)

SCRIPTS: Final = {
    "bash": """\
_elo_complete() {
    local IFS=$'\\n'
    COMPREPLY=($(elo __complete ":${COMP_WORDS[COMP_CWORD]#=}" "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null))
}
complete -o default -F _elo_complete elo
""",
    "zsh": """\
_elo_complete() {
    local -a found
    found=("${(@f)$(elo __complete ":${words[CURRENT]}" "${(@)words[2,CURRENT-1]}" 2>/dev/null)}")
    if [[ -n "${found[1]}" ]]; then compadd -- "${found[@]}"; else _files; fi
}
compdef _elo_complete elo
""",
    "fish": """\
function _elo_complete
    set -l found (elo __complete ":"(commandline -ct) (commandline -opc)[2..-1] 2>/dev/null)
    if set -q found[1]
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c elo -f -a '(_elo_complete)'
""",
    "powershell": """\
Register-ArgumentCompleter -Native -CommandName elo -ScriptBlock {
    param($word, $tree, $cursor)
    $words = @($tree.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    if ($word -ne '' -and $words.Count -gt 0) { $words = @($words | Select-Object -SkipLast 1) }
    elo __complete ":$word" @words 2>$null | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
""",
}
"""The script of each shell; none of them evaluates what elo answers."""


def run(
    shell: Annotated[
        Literal["bash", "zsh", "fish", "powershell"],
        typer.Argument(metavar="SHELL", help=N_("bash, zsh, fish or powershell.")),
    ],
    lang: LangOption = None,
) -> int:
    """Print the script that makes a shell complete verbs, options, ids, fields and values."""
    session.choose_language(lang)
    session.write(SCRIPTS[shell].replace("__complete", COMMAND))
    return Exit.FINE
